"""A certifying body's rules as data: levels, requirements, protocol, rubrics, policy, look."""
