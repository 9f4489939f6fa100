"""Charts apart from a page."""

from casebook.charts.svg import figure
from casebook.render.chart_images import charts_apart


def test_a_chart_becomes_an_image_that_says_the_same() -> None:
    chart = figure("A & B", 'He said "ow"', 1, 1)
    page, charts = charts_apart(f"<p>a</p>{chart}<p>b</p>")
    assert page == (
        '<p>a</p><img class="chart" alt="A &amp; B. He said &quot;ow&quot;" '
        'src="casebook-chart:0"><p>b</p>'
    )
    assert charts == {"casebook-chart:0": ("image/svg+xml", chart.encode())}


def test_each_chart_has_its_own_address() -> None:
    page, charts = charts_apart(figure("A", "", 1, 1) + figure("B", "", 1, 1))
    assert list(charts) == ["casebook-chart:0", "casebook-chart:1"]
    assert all(address in page for address in charts)
