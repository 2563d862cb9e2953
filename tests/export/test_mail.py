"""Drafts of messages, and the table for mail merge, read back by Python's newer parser and csv."""

from __future__ import annotations

import csv
import email
import email.policy
import io
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses
from itertools import pairwise
from pathlib import Path

import pytest

from tests.export.conftest import GROUPS, Run
from tests.export.examples import EVERY, handout_of
from tests.export.hostile import as_read, groups_of_all, hostile_groups, names, raw_handout
from vermegroup.app.handout import read_handout
from vermegroup.app.inputs import RulebookChoice
from vermegroup.app.privacy.how import AS_IT_IS
from vermegroup.domain.findings import Severity
from vermegroup.export.handout import Handout, Member
from vermegroup.export.letter import Words
from vermegroup.export.mail import mail_drafts
from vermegroup.export.rendered import Recipients, Wanted
from vermegroup.intake.files.csv_text import restored

ROOT = Path(__file__).parents[2]


def drafts(handout: Handout, wanted: Wanted | None = None) -> list[EmailMessage]:
    """The drafts, in the order of the groups."""
    rendered = mail_drafts(handout, wanted or Wanted())
    return [parsed(text) for name, text in rendered.files.items() if name.startswith("mail/")]


def parsed(text: bytes) -> EmailMessage:
    message = email.message_from_bytes(text, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    for header in message.values():
        assert getattr(header, "defects", ()) == ()
    return message


def body(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


def recipients(message: EmailMessage, field: str = "Bcc") -> list[tuple[str, str]]:
    """Names and addresses, which both of the library's parsers find alike.

    Names are decoded by the older one: the newer leaves spaces between encoded words in some of its
    versions, where RFC 2047 has none.
    """
    if field not in message:
        return []
    older = email.message_from_bytes(bytes(message), policy=email.policy.compat32)
    named = getaddresses([str(older[field])])
    assert [each.addr_spec for each in message[field].addresses] == [each for _n, each in named]
    return [(str(make_header(decode_header(name))), each) for name, each in named]


def merged(files: Mapping[str, bytes]) -> list[dict[str, str]]:
    text = files["mailmerge.csv"].decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\r\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [{key: restored(cell) for key, cell in row.items()} for row in rows]


def small(*shown: str) -> Handout:
    return read_handout("ryhmat.csv", shown, RulebookChoice(), AS_IT_IS).handout


def test_a_draft_has_its_members_its_recipients_and_no_sender(groups: Path) -> None:
    first, second = drafts(small("Kunta"))
    assert first["X-Unsent"] == "1"
    assert not {"From", "Date", "To", "Cc", "Message-ID"} & set(first.keys())
    assert recipients(first) == [
        ("Aino Keksitty", "aino@example.org"),
        ("Åke Exempel", "ake@example.org"),
        ("Örn Exempel", "orn@example.org"),
    ]
    assert first["Subject"] == "Your group: G01"
    assert body(first).splitlines()[2:8] == [
        "your group is G01. Its members are:",
        "",
        "- Aino Keksitty, Turku",
        "- Åke Exempel, Lahti",
        "- Örn Exempel, Oulu",
        "",
    ]
    assert "Cilla Exempel" in body(second)
    assert [address for _name, address in recipients(second)] == [
        "bertta@example.org",
        "daavid@example.org",
    ]


def test_addresses_are_told_to_others_only_where_that_is_asked_for(groups: Path) -> None:
    assert "@" not in body(drafts(small())[0])
    wanted = Wanted(emails=True, recipients=Recipients.TO)
    first, second = drafts(small(), wanted)
    assert "- Aino Keksitty, aino@example.org\n" in body(first)
    assert "- Cilla Exempel\n" in body(second)
    assert recipients(first, "Bcc") == []
    assert len(recipients(first, "To")) == 3


def test_whoever_has_no_address_is_told_with_the_row(groups: Path) -> None:
    rendered = mail_drafts(small(), Wanted())
    [finding] = rendered.findings
    assert (finding.severity, finding.row) == (Severity.WARNING, 6)
    assert "Cilla Exempel" in str(finding)
    assert "Cilla Exempel" in [row["Name"] for row in merged(rendered.files)]


def test_a_group_without_any_address_has_a_draft_to_nobody(groups: Path) -> None:
    text = GROUPS.replace("bertta@example.org", "").replace("daavid@example.org", "ei ole")
    groups.write_text(text, "utf-8")
    rendered = mail_drafts(small(), Wanted())
    messages = [parsed(text) for name, text in rendered.files.items() if name[:5] == "mail/"]
    assert not {"To", "Bcc"} & set(messages[1].keys())
    assert "- Bertta Keksitty\n" in body(messages[1])
    told = [(finding.row, finding.value) for finding in rendered.findings]
    assert told == [(5, None), (6, None), (7, "ei ole"), (None, "G02")]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("aino@örn.example", "aino@xn--rn-eka.example"),
        ("äinö@example.org", None),
        ("aino@example.org\r\nBcc: x@example.org", None),
        ("aino@example.org, x@example.org", None),
        ("<aino@example.org>", None),
        ("aino@" + "ö" * 70 + ".example", None),
    ],
)
def test_an_address_is_written_as_servers_take_it_or_told(
    groups: Path, address: str, written: str | None
) -> None:
    handout = small()
    group = handout.groups[0]
    odd = replace(group.members[0], email=address)
    one = replace(handout, groups=(replace(group, members=(odd, *group.members[1:])),))
    rendered = mail_drafts(one, Wanted())
    [message] = drafts(one)
    assert set(message.keys()) >= {"Bcc", "Subject"}
    found = [each for _name, each in recipients(message)]
    assert found == [*([written] if written else []), "ake@example.org", "orn@example.org"]
    assert [finding.value for finding in rendered.findings] == ([] if written else [address])


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("field", Recipients)
def test_hostile_names_are_whole_and_add_no_header_and_no_recipient(
    raw: bool, field: Recipients, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile_groups(tmp_path)
    handout = raw_handout() if raw else small("Yksikkö")
    rendered = mail_drafts(handout, Wanted("sv", recipients=field))
    files = [text for name, text in rendered.files.items() if name.startswith("mail/")]
    assert len(files) == len(groups_of_all())
    expected = names()
    for text, group in zip(files, handout.groups, strict=True):
        message = parsed(text)
        assert message.keys() == [
            *("X-Unsent", field.capitalize(), "Subject"),
            *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
        ]
        addresses = [address for _name, address in recipients(message, field)]
        assert addresses == [member.email for member in group.members]
        shown = [name for name, _address in recipients(message, field)]
        for member, name in zip(group.members, shown, strict=True):
            wanted = " ".join(visible(member).split())
            assert name == wanted
            assert f"- {wanted}" in body(message)
            if not raw:
                assert wanted == expected[member.id]
        assert max(map(len, text.split(b"\r\n"))) <= 78
        assert text.count(b"\n") == text.count(b"\r\n")
    assert all("apostrophe" in str(each.message) for each in rendered.findings)


def visible(member: Member) -> str:
    return member.name.replace("\x00", " ").replace("\x07", " ")


def test_a_name_that_looks_like_a_template_is_not_filled_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hostile_groups(tmp_path)
    own = tmp_path / "oma.txt"
    own.write_text("{% for member in members %}{{ member }}\n{% endfor %}", "utf-8")
    told = "".join(body(each) for each in drafts(small(), Wanted(template=own)))
    assert "{{ 7 * 7 }} {% raw %} {# ei #}\n" in told


@pytest.mark.parametrize(
    ("name", "language"),
    [*((name, "fi") for name in EVERY), ("kevat", "en"), ("kokous", "en"), ("kokous", "sv")],
)
def test_each_group_has_its_draft_in_each_language(name: str, language: str) -> None:
    handout = handout_of(name)
    messages = drafts(handout, Wanted(language))
    for group, message in zip(handout.groups, messages, strict=True):
        found = [address for _name, address in recipients(message)]
        assert found == [member.email for member in group.members]
        lines = body(message).splitlines()
        assert sum(line.startswith("- ") for line in lines) == len(group.members)
        assert not any(before == after == "" for before, after in pairwise(lines))
        title = group.facts.name if group.facts else group.id
        assert message["Subject"].endswith(f": {title}")


@pytest.mark.parametrize("name", EVERY)
def test_the_table_has_a_row_for_each_member_of_each_group(name: str) -> None:
    handout = handout_of(name)
    rows = merged(mail_drafts(handout, Wanted("fi")).files)
    assert [(row["Ryhmä"], row["Nimi"], row["Sähköposti"]) for row in rows] == [
        (group.id, member.name, member.email) for group, member in handout.members()
    ]


def test_the_table_is_headed_in_the_language_and_tells_when_and_where() -> None:
    handout = handout_of("kevat", "Kunta")
    files = mail_drafts(handout, Wanted("fi")).files
    first, *_rest = merged(files)
    assert first["Ryhmän nimi"] == "Rengas 1"
    assert first["1. tapaaminen"] == "ma 18.1.2027"
    assert first["Aika"] == "klo 15.00–16.00"
    assert first["Paikka"] == "https://example.org/huone/1"
    assert first["Jäsenet"].split(", ") == [member.name for member in handout.groups[0].members]
    assert first["Kunta"] == handout.groups[0].members[0].shown[0]
    assert files["mailmerge.csv"].startswith("\ufeffNimi;Sähköposti;".encode())
    english = mail_drafts(handout, Wanted()).files["mailmerge.csv"]
    assert english.startswith("\ufeffName,E-mail,".encode())


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    hostile_groups(tmp_path)
    files = mail_drafts(small("Yksikkö"), Wanted("fi")).files
    text = files["mailmerge.csv"].decode("utf-8-sig")
    cells = [
        cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row
    ]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")]
    assert {row["Nimi"] for row in merged(files)} == set(names().values())
    assert {row["Teema"] for row in merged(files)} == {as_read("=Teema()")}


def own_letter(folder: Path, text: str, handout: Handout | None = None) -> EmailMessage:
    path = folder / "viesti.txt"
    path.write_text(text, "utf-8")
    return drafts(handout or small(), Wanted("fi", template=path))[0]


def test_a_template_of_one_s_own_has_its_subject_on_its_first_line(
    groups: Path, tmp_path: Path
) -> None:
    text = "Aihe: Ryhmä {{ id }}\n\nHei!\n{% for member in members %}\n* {{ member.name }}\n"
    message = own_letter(tmp_path, text + "{% endfor %}\nTerveisin")
    assert message["Subject"] == "Ryhmä G01"
    assert body(message).splitlines() == [
        *("Hei!", "* Aino Keksitty", "* Åke Exempel", "* Örn Exempel", "Terveisin")
    ]
    without = own_letter(tmp_path, "Hei {{ members | join(' ja ') }}!")
    assert without["Subject"] == "Ryhmäsi: G01"
    assert body(without) == "Hei Aino Keksitty ja Åke Exempel ja Örn Exempel!\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_template_may_be_saved_in_any_way_that_an_editor_does(
    groups: Path, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "viesti.txt"
    path.write_bytes("Ämne: Träff för dig\r\n\r\nHej då på er!\r\n".encode(encoding))
    message = drafts(small(), Wanted("sv", template=path))[0]
    assert (message["Subject"], body(message)) == ("Träff för dig", "Hej då på er!\n")


def test_a_template_may_use_every_name_that_there_is(tmp_path: Path) -> None:
    text = "".join(f"{each.name}={{{{ {each.name} }}}}\n" for each in fields(Words))
    told = body(own_letter(tmp_path, text, handout_of("kevat")))
    assert "group=Rengas 1\nid=G01\n" in told
    assert "place=https://example.org/huone/1\n" in told


@pytest.mark.parametrize("document", sorted(ROOT.glob("README*.md")), ids=lambda path: path.name)
def test_the_template_in_the_readme_can_be_filled_in(document: Path, tmp_path: Path) -> None:
    text = document.read_text("utf-8")
    [shown] = re.findall(r"^```jinja\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    message = own_letter(tmp_path, shown, handout_of("kevat"))
    assert message["Subject"].startswith("Rengas 1")
    assert "https://example.org/huone/1\n" in body(message)
    assert {f"`{each.name}`" for each in fields(Words)} <= set(re.findall("`[a-z]+`", text))


@pytest.mark.parametrize(
    ("text", "line", "value"),
    [
        ("Hei {{ nimi }}!", 1, "nimi"),
        ("Aihe: {{ ryhma }}\n\nHei", 1, "ryhma"),
        ("Aihe: Ryhmä\n\nHei\n{% for m in members %}\n{{ paikka }}\n{% endfor %}", 5, "paikka"),
        ("Hei\n\n{% for m in members %}\n- {{ m.nimi }}\n{% endfor %}", 4, "nimi"),
        ("Hei\n{{ members[0].__class__ }}", 2, None),
        ("Hei\n{% for member in members %}\n", 2, None),
        ("Hei\n{{ group }\n", 2, None),
        ("Hei\n{{ 1 / 0 }}", 2, None),
        ("Hei\n{% include 'toinen' %}", 2, None),
        ("{{ ''.join(range(1000000)) }}", 1, None),
        ("{{ lue('x') }}", 1, "lue"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_line(
    groups: Path, export: Run, text: str, line: int, value: str | None
) -> None:
    Path("viesti.txt").write_text(text, "utf-8")
    rendered = mail_drafts(small(), Wanted("fi", template=Path("viesti.txt")))
    [finding] = rendered.findings
    assert (finding.severity, finding.file, finding.row) == (Severity.ERROR, "viesti.txt", line)
    assert rendered.files == {}
    if value:
        assert finding.value == value
        assert {"group", "members"} <= set(str(finding.hint).replace(",", "").split())
    refused = export("--to", "mail", "--template", "viesti.txt")
    assert refused.exit_code == 2
    assert "viesti.txt" in refused.stderr
    assert not Path("ryhmat-export").exists()


@pytest.mark.parametrize("kind", ["missing", "folder", "binary"])
def test_what_is_no_template_is_told(groups: Path, export: Run, kind: str) -> None:
    path = Path("viesti.docx")
    if kind == "folder":
        path.mkdir()
    elif kind == "binary":
        path.write_bytes(b"PK\x03\x04\x00\x00\x08\x00" * 20)
    refused = export("--to", "mail", "--template", str(path))
    assert refused.exit_code == 2
    assert "viesti.docx" in refused.stderr


def test_the_command_writes_drafts_and_takes_away_those_of_groups_that_are_no_more(
    groups: Path, export: Run
) -> None:
    assert export("--to", "mail", "--lang", "fi").exit_code == 0
    folder = Path("ryhmat-export")
    assert {path.name for path in (folder / "mail").iterdir()} == {"G01.eml", "G02.eml"}
    groups.write_text(GROUPS.replace("G02", "G03"), "utf-8")
    assert export("--to", "mail", "--lang", "fi").exit_code == 0
    assert {path.name for path in (folder / "mail").iterdir()} == {"G01.eml", "G03.eml"}


def test_equal_groups_make_equal_bytes() -> None:
    wanted = Wanted("sv", emails=True)
    once, again = (mail_drafts(handout_of("kevat"), wanted).files for _time in range(2))
    assert once == again


def test_facts_have_names_in_a_template(tmp_path: Path) -> None:
    own = tmp_path / "kirje.txt"
    own.write_text("{% for fact in facts %}{{ fact.label }}={{ fact.text }};{% endfor %}", "utf-8")
    (name, *_rest) = (rendered := mail_drafts(handout_of("kevat"), Wanted(template=own))).files
    assert "Theme=arki;" in body(parsed(rendered.files[name]))
