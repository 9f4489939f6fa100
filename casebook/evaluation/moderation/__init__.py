"""Several graders' marks of one piece of work made into one result by the program's policy."""

from casebook.evaluation.moderation.moderate import moderate_work, without_marks
from casebook.evaluation.moderation.overall import judge_overall
from casebook.evaluation.moderation.panel import Panel

__all__ = ["Panel", "judge_overall", "moderate_work", "without_marks"]
