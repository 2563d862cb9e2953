"""A template that would never end is told with its line; others are filled in as ever."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from jinja2 import Environment

from tests.export.handouts import group, handout, member
from vermegroup.domain.findings import Severity
from vermegroup.export.bounded_templates import LONGEST, BoundedEnvironment, TooMuchError
from vermegroup.export.mail import mail_drafts
from vermegroup.export.rendered import Rendered, Wanted

LOOP = "{% for i in range(99999) %}"


def rendered(folder: Path, text: str) -> Rendered:
    path = folder / "viesti.txt"
    path.write_text(f"Hei\n{text}", "utf-8")
    return mail_drafts(handout(group("G01", member(1))), Wanted("fi", template=path))


@pytest.mark.parametrize(
    "text",
    [
        LOOP + LOOP + LOOP + "{% endfor %}" * 3,
        LOOP + "x" * 100 + "{% endfor %}",
        "{% set r = range(90000) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
        "{% for i in range(10000000000) %}{% endfor %}",
        "{{ 'x' * 999999999999 }}",
        "{{ [1] * 999999999999 }}",
        "{{ 9 ** 9 ** 9 ** 9 }}",
        "{{ 2 ** 99999999999999 }}",
        "{{ '%999999999d' | format(1) }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ 'x'.ljust(999999999) }}",
        "{{ 'x' | center(999999999) }}",
        "{{ 'x\\ny' | indent(999999999) }}",
        "{{ [1] | batch(999999999, 'x') | list }}",
        "{{ ('x' * 90000) | replace('x', 'x' * 90000) }}",
        "{{ ('x' * 90000).replace('x', 'x' * 90000) }}",
        "{{ ('x' * 90000).join(range(90000) | map('string')) }}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}"
        "{% endmacro %}{{ m(100) }}",
        "{% set n = namespace(x='xx') %}" + LOOP + "{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='xx') %}" + LOOP + "{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x='xx') %}"
        + LOOP
        + "{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
        "{% set n = namespace(x=99) %}" + LOOP + "{% set n.x = n.x * n.x %}{% endfor %}",
        "{% set n = namespace(x='x') %}{% set n.x %}"
        + LOOP
        + "x" * 900
        + "{% endfor %}{% endset %}",
        "{% for i in range(90000) recursive %}{{ loop(range(90000)) }}{% endfor %}",
    ],
)
def test_what_does_not_end_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    started = time.process_time()
    made = rendered(tmp_path, text)
    assert time.process_time() - started < 10
    assert made.files == {}
    [finding] = made.findings
    assert (finding.severity, finding.row) == (Severity.ERROR, 2)
    assert "more than a letter can have" in str(finding.message)


def test_a_letter_ends_at_its_longest() -> None:
    environment = BoundedEnvironment()
    body = environment.bounded("{% for part in parts %}" + "x" * 99 + "{% endfor %}")
    assert len(environment.filled(body, {"parts": [0] * 9_000})) == 891_000
    plain = environment.bounded("x" * (LONGEST + 1))
    with pytest.raises(TooMuchError):
        environment.filled(plain, {})


@pytest.mark.parametrize("text", ["{{ members | random }}", "{{ lipsum() }}"])
def test_nothing_in_a_template_is_left_to_chance(tmp_path: Path, text: str) -> None:
    made = rendered(tmp_path, text)
    assert made.files == {}
    assert [(finding.severity, finding.row) for finding in made.findings] == [(Severity.ERROR, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in names %}{{ loop.index }}/{{ loop.length }} {{ a }}{{ ', ' if not loop.last }}"
        "{% else %}none{% endfor %}",
        "{% for a in names if a != 'Aino' %}{{ loop.nextitem if not loop.last }}"
        "-{{ a }}{% endfor %}",
        "{{ names | join(' ja ') }} {{ names | map('upper') | list }} {{ names | first }}",
        "{{ names | select('equalto', 'Aino') | join }} {{ names | length }} {{ 1 + 2 * 3 ** 2 }}",
        "{% set x %}<{{ names[0] }}>{% endset %}{{ x ~ 1 ~ none }}{{ '%03d' % 7 }}",
        "{% set x | upper %}{{ names[0] }}{% endset %}{{ x }}{{ '{:>5}'.format('a') }}",
        "{% macro m(a) %}[{{ a }}]{% endmacro %}{{ m(1) }}"
        "{% macro c(a) %}[{{ caller() }}]{% endmacro %}{% call c(2) %}!{% endcall %}"
        "{% filter upper %}ab{{ names[1] }}{% endfilter %}",
        "{% for row in names | batch(2, '-') %}{{ row | join('|') }};{% endfor %}",
        "{% for k, v in {'a': 1, 'b': [2]}.items() %}{{ k }}{{ v }}{% endfor %}{{ 358401234567 }}",
        "{{ 'a\\nb' | indent }}{{ 'yksi kaksi kolme' | wordwrap(6) | replace('a', 'aa') }}"
        "{{ names | sort | last }}",
    ],
)
def test_what_ends_is_filled_in_as_jinja_fills_it_in(text: str) -> None:
    names = ["Aino", "Örn", "Åke"]
    environment = BoundedEnvironment()
    filled = environment.filled(environment.bounded(text), {"names": names})
    assert filled == Environment(autoescape=False).from_string(text).render(names=names)
