"""The human figure of the body chart, from the front and from the back.

Coordinates are those of the figure: a standing adult 300 units high, ``x`` outward from the
midline, ``y`` down from the crown. One half is drawn and mirrored. Levels and breadths follow
usual adult proportions: 7.5 head heights, acromion at 82, navel at 60, crotch at 47 and the knee
joint at 27 percent of the stature.
"""

from functools import cache
from itertools import pairwise

from casebook.domain.work.positions import View

Point = tuple[float, float]
Run = tuple[Point, ...]
"""Points on one smooth curve; two runs that share an end meet in a corner."""

HEIGHT = 304.0
HALF_BREADTH = 74.2

_HEAD_AND_NECK: Run = (
    (0, 0), (5.6, 0.9), (10.2, 4.2), (12.6, 9.6), (13.1, 15), (12.9, 18.6),
)  # fmt: skip
_EAR: Run = ((12.9, 18.6), (14.3, 17.4), (15.3, 19), (14.9, 22.4), (13.7, 25.8), (12.3, 26.2))
_SHOULDER_TO_WRIST: Run = (
    (12.3, 26.2), (11.7, 29.5), (10.2, 33.6), (9.3, 37.5), (9.2, 41), (10.4, 44.6), (14.5, 48.1),
    (21, 50.9), (27, 52.8), (32.5, 54.8), (37.2, 58.6), (40.1, 64.5), (41.4, 72), (42.4, 81),
    (44.3, 90.5), (46.4, 98.5), (48.7, 105), (51.6, 111.5), (54.2, 119), (56.8, 128.5),
    (59.5, 138.5), (61.8, 146), (63.2, 150.3),
)  # fmt: skip
_THUMB: Run = (
    (63.2, 150.3), (65.6, 153.9), (68.5, 157.6), (71.2, 161.3), (73.3, 165), (74.1, 167.8),
    (73.4, 169.3), (71.7, 168.3), (69.9, 165.6), (67.9, 163),
)  # fmt: skip
_INDEX: Run = (
    (67.9, 163), (69, 167.5), (70.2, 173.2), (70.6, 177), (69.7, 179), (68.2, 177.6), (67.3, 175.2),
)  # fmt: skip
_MIDDLE_FINGER: Run = ((67.3, 175.2), (68.4, 180), (67.8, 182.3), (66.2, 181.4), (64.7, 177.4))
_RING_FINGER: Run = ((64.7, 177.4), (65, 180.4), (64.1, 182), (62.5, 180.5), (60.7, 175.7))
_LITTLE_FINGER: Run = (
    (60.7, 175.7), (60.2, 177.5), (58.9, 177.6), (57.5, 174.6), (56, 168.8), (54.4, 163),
    (53.6, 157), (53.7, 152.6),
)  # fmt: skip
_WRIST_TO_ARMPIT: Run = (
    (53.7, 152.6), (50.2, 144), (45.8, 134.5), (41.8, 125.5), (38.7, 117.5), (37, 111.5),
    (35.9, 106.5), (34.3, 99.5), (31.9, 90.5), (29.4, 82), (27, 74.5),
)  # fmt: skip
_FLANK_TO_ANKLE: Run = (
    (27, 74.5), (27.1, 80), (26.3, 88), (24.8, 97), (23.2, 105.5), (22.5, 112), (23.2, 118),
    (25.6, 125.5), (28.4, 134), (30.6, 143), (31.8, 152), (31.9, 161), (31.1, 172), (29.6, 184),
    (27.8, 196), (26.4, 205.5), (25.7, 213), (25.6, 219.5), (26.3, 226), (27.3, 234.5),
    (27.1, 243.5), (25.6, 255), (23.8, 266.5), (22.7, 276), (23.1, 282.5), (22.9, 287),
)  # fmt: skip
_INNER_LEG: Run = (
    (11.2, 287), (10.7, 283), (11.7, 276.5), (11.3, 267.5), (9.2, 257), (7.3, 246.5), (6.9, 237),
    (7.9, 228.5), (8.5, 221.5), (7.6, 214), (7.1, 206.5), (6.3, 196), (4.8, 182.5), (2.6, 169),
    (1.1, 161.5), (0, 159),
)  # fmt: skip
_FORE_FOOT: Run = (
    (22.9, 287), (24.6, 291), (27.4, 295.2), (28.9, 298.6), (28.4, 300.6), (26.6, 301.5),
    (23.8, 302.2), (20.6, 303), (16.6, 303.8), (14.1, 302.7), (13.2, 299.4), (12.7, 295),
    (11.7, 291), (11.2, 287),
)  # fmt: skip
_HEEL: Run = (
    (22.9, 287), (23.6, 291), (26, 295.6), (27, 298.6), (25.2, 299.9), (21.9, 299.7),
    (20.2, 300.9), (16.5, 301.6), (13.2, 300.6), (11.6, 298), (11.2, 293.5), (11.2, 287),
)  # fmt: skip
_UPPER: tuple[Run, ...] = (
    _HEAD_AND_NECK, _EAR, _SHOULDER_TO_WRIST, _THUMB, _INDEX, _MIDDLE_FINGER, _RING_FINGER,
    _LITTLE_FINGER, _WRIST_TO_ARMPIT, _FLANK_TO_ANKLE,
)  # fmt: skip

_FINGERS: tuple[Run, ...] = (
    ((67.3, 175.2), (65.2, 166.8)),
    ((64.7, 177.4), (62, 167.4)),
    ((60.7, 175.7), (58.7, 167.8)),
)
_FRONT_LINES: tuple[Run, ...] = (
    *_FINGERS,
    # brow, eye, nose, mouth, chin
    ((3, 17.6), (5.8, 16.8), (8.8, 17.9)),
    ((3.7, 20.3), (5.8, 19.5), (7.9, 20.4)),
    ((0, 28), (1.4, 27.7), (2.1, 26.7)),
    ((0, 32.2), (2, 31.9), (3.9, 32)),
    ((0, 40.2), (3.6, 39.7), (6.6, 37.4), (9.6, 34.2)),
    # sternocleidomastoid, clavicle, breastbone
    ((9, 40.5), (6.4, 47), (2.6, 54.6)),
    ((2.4, 56.6), (7.5, 55.3), (14, 55.9), (21, 54.2), (28.5, 54.6)),
    ((27, 74.5), (27.3, 69), (28.6, 64)),
    # lower edge of the chest, costal arch
    ((24.3, 79.5), (20.5, 85.2), (13.5, 87.4), (6, 86)),
    ((1.4, 92.4), (5.6, 96.4), (10.6, 102), (15.6, 106.6)),
    # linea alba, navel, groin
    ((0, 96), (0, 116)),
    ((0, 121.3), (1.5, 120.6), (1.6, 119.2)),
    ((24.8, 136), (17.5, 142.5), (9.5, 148.8), (3.4, 153.5)),
    # fold of the elbow, ball of the thumb, wrist
    ((39.5, 109.4), (43.6, 111.2), (48, 109)),
    ((60.2, 152.6), (62.2, 157), (65.2, 161.6), (67.9, 163)),
    ((54.6, 152.2), (58.3, 151.6), (62.4, 150.6)),
    # kneecap, toes
    ((12.3, 211.6), (13, 208.4), (16.6, 206.6), (20.2, 208.2), (21.1, 211.6)),
    ((12.8, 216.4), (14.4, 219.2), (16.8, 220), (19.2, 219.2), (20.8, 216.2)),
    ((18.1, 303.2), (17.4, 300.2)),
    ((20.9, 302.8), (20.1, 299.9)),
    ((23.6, 302.2), (22.8, 299.4)),
    ((26.2, 301.4), (25.2, 298.6)),
)
_BACK_LINES: tuple[Run, ...] = (
    *_FINGERS,
    # base of the skull, spine
    ((0, 32.6), (4, 32.3), (8, 30.8), (11.8, 28.4)),
    ((0, 45), (0, 138)),
    # shoulder blade: spine, inner border and lower angle
    ((10.2, 67), (17.5, 62.4), (25, 58.8), (31.5, 57.4)),
    ((10.2, 67), (9.6, 75), (11, 84), (13.2, 89.3), (16.2, 87.6), (20, 80.4)),
    ((27, 74.5), (26.9, 69), (28, 64)),
    # iliac crest, dimple of the sacrum
    ((7.5, 127.5), (13, 123.2), (19, 122.4), (24.2, 125.6)),
    ((1.6, 142.6), (3.6, 139.2), (6, 136)),
    # gluteal cleft and fold
    ((0, 146), (0, 159)),
    ((1.3, 162), (6, 165.4), (12.6, 166), (19.4, 163.6)),
    # elbow, wrist
    ((41.2, 106.6), (43.2, 104.8), (45.6, 106.2)),
    ((54.6, 152.2), (58.3, 151.6), (62.4, 150.6)),
    # hollow of the knee, calf, Achilles tendon
    ((9.8, 215.4), (16.8, 217.6), (24, 215)),
    ((10, 244), (12.6, 250.4), (16.9, 246.6)),
    ((16.9, 246.6), (20.4, 248.6), (24, 242.6)),
    ((14.4, 277), (14.9, 285), (14, 291.6)),
    ((19.4, 277), (19, 285), (20, 291.6)),
)


def contours(view: View) -> tuple[Run, ...]:
    """The outline of the right half, from the crown round the limbs to the crotch."""
    return (*_UPPER, _FORE_FOOT if view == "front" else _HEEL, _INNER_LEG)


def inner_lines(view: View) -> tuple[Run, ...]:
    """The landmarks inside the outline, on the right half."""
    return _FRONT_LINES if view == "front" else _BACK_LINES


@cache
def contour_path(runs: tuple[Run, ...]) -> str:
    """The closed outline: the runs down one side, then their mirror images up the other."""
    right = "".join(_curves(run) for run in runs)
    left = "".join(_curves(_mirrored(run)[::-1]) for run in reversed(runs))
    start = runs[0][0]
    return f"M{_pair(start)}{right}{left}Z"


@cache
def line_path(run: Run) -> str:
    """One inner line and its mirror image."""
    twin = _mirrored(run)
    return f"M{_pair(run[0])}{_curves(run)}M{_pair(twin[0])}{_curves(twin)}"


def _mirrored(run: Run) -> Run:
    return tuple((-x, y) for x, y in run)


def _curves(run: Run) -> str:
    """Cubic Bézier curves through all points of a run (a Catmull-Rom spline).

    At the midline the curve goes on into its mirror image, so both halves meet smoothly.
    """
    before = (-run[1][0], run[1][1]) if run[0][0] == 0 else run[0]
    after = (-run[-2][0], run[-2][1]) if run[-1][0] == 0 else run[-1]
    points = (before, *run, after)
    parts = []
    for index, (start, end) in enumerate(pairwise(run), start=1):
        (ax, ay), (bx, by) = points[index - 1], points[index + 2]
        first = (start[0] + (end[0] - ax) / 6, start[1] + (end[1] - ay) / 6)
        second = (end[0] - (bx - start[0]) / 6, end[1] - (by - start[1]) / 6)
        parts.append(f"C{_pair(first)} {_pair(second)} {_pair(end)}")
    return "".join(parts)


def _pair(point: Point) -> str:
    return " ".join(f"{round(value, 2):g}" for value in point)
