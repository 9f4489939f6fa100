"""What becomes of marks: evaluations, moderated and issued results, appeals, what comes next."""
