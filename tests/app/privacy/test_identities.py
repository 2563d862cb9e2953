"""What tells who somebody is goes from a text, and nothing else does."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from vermegroup.app.privacy.identities import Identities
from vermegroup.language.messages import Who, _, verbatim

KEY = b"synthetic key, for tests"


@pytest.fixture
def people() -> Identities:
    known = Identities(KEY)
    known.learn(["SYN-1", "12", "vvirtanen"], ["P-a", "P-b", "P-c"], ids=True)
    known.learn(["Aino Esimerkki", "aino@example.org", "Salo"], ["P-a", "P-a", "P-b"])
    known.learn_names(["Aino Esimerkki"])
    return known


def test_a_pseudonym_is_the_keyed_hash_of_the_id() -> None:
    expected = hmac.new(KEY, b"SYN-1", hashlib.sha256).hexdigest()[:16]
    assert Identities(KEY).pseudonym(" SYN-1 ")[:-4] == f"P-{expected}"
    assert Identities(KEY).pseudonym("") == ""


def test_a_pseudonym_of_the_same_key_stays_and_any_other_gets_a_new_one() -> None:
    people, other = Identities(KEY), Identities(KEY + b"!")
    once = people.pseudonym("SYN-1")
    assert people.pseudonym(once) == once
    assert (
        people.group(people.group("Ainon ryhmä")) == people.group("ainon  ryhmä") != "Ainon ryhmä"
    )
    for foreign in (other.pseudonym("SYN-1"), f"P-{'0' * 20}", once.upper(), once[:-1]):
        assert people.pseudonym(foreign) not in (foreign, once)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Terveisin Aino Esimerkki.", "Terveisin P-a."),
        ("ESIMERKKI, AINO ja muut", "P-a ja muut"),
        ("Kirjoita aino@example.org.", "Kirjoita P-a."),
        ("kaveri syn-1!", "kaveri P-a!"),
        ("vvirtanen tuli", "P-c tuli"),
        ("12 vuotta, Salo", "12 vuotta, Salo"),
    ],
)
def test_a_text_loses_the_people_in_it(people: Identities, text: str, left: str) -> None:
    assert people.scrubbed(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ainon ryhmä", "{aino}:n ryhmä"),
        ("Ainos grupp, Esimerkki", "{aino}:s grupp, {esimerkki}"),
        ("kysy mkeksitty", "kysy {mkeksitty}"),
        ("Meri.Keksitty vetää", "{meri.keksitty} vetää"),
        ("Musiikki", "Musiikki"),
        ("ainoa, Ainola ja aino", "ainoa, Ainola ja aino"),
        ("12 vuotta", "12 vuotta"),
    ],
)
def test_free_words_lose_single_names_and_user_names_too(
    people: Identities, text: str, left: str
) -> None:
    people.learn_handles(["mkeksitty", "meri.keksitty@example.org", "12"])
    names = ("aino", "esimerkki", "mkeksitty", "meri.keksitty")
    for name in names:
        left = left.replace(f"{{{name}}}", people.pseudonym(name))
    assert people.nameless(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Virtasen päiväkoti", "{virtanen}:n päiväkoti"),
        ("Päiväkoti Virtanen", "Päiväkoti {virtanen}"),
        ("VIRTASEN ESKARI", "{virtanen}:N ESKARI"),
        ("Mäkisten perhe, Niemellä", "{mäkinen}:ten perhe, {niemi}:llä"),
        ("Virtanens förskola", "{virtanen}:s förskola"),
        ("Virtanen's class", "{virtanen}'s class"),
        ("Lehdon koulu", "{lehto}:n koulu"),
        ("Virta ja virtaset, Mäkelän koulu", "Virta ja virtaset, Mäkelän koulu"),
        ("Ahola, Ahonen, Niemelä, Lehtonen", "Ahola, Ahonen, Niemelä, Lehtonen"),
        ("Karen ja Marit", "Karen ja Marit"),
    ],
)
def test_last_names_go_in_any_case(people: Identities, text: str, left: str) -> None:
    people.learn_names(["Aino Virtanen", "Mäkinen", "Niemi", "Lehto", "Aho", "Kari", "Mari"])
    for name in ("virtanen", "mäkinen", "niemi", "lehto"):
        left = left.replace(f"{{{name}}}", people.pseudonym(name))
    assert people.nameless(text) == left


def test_a_whole_name_in_any_case_is_its_persons(people: Identities) -> None:
    people.learn(["Pekka Nieminen"], ["P-d"])
    people.learn_names(["Pekka Nieminen"])
    for text, left in {
        "Pekka Niemisen ryhmä": "P-d:n ryhmä",
        "Niemisen Pekka": "P-d",
        "Niemisen Pekan": "P-d:n",
        "Pekka Niemiseltä": "P-d:ltä",
        "pekka niemistä": "P-d:tä",
        "Pekka Nieminens": "P-d:s",
        "Pekka Niemi": "Pekka Niemi",
    }.items():
        assert people.scrubbed(text) == left


def test_of_a_workplace_a_town_stays(people: Identities) -> None:
    people.learn_names(["Liisa Lahti", "Kalle Salo", "Tiina Mäntylä"])
    for text in ("Lahden koulu", "Salo", "Salon päiväkoti"):
        assert people.nameless_place(text) == text
    assert people.nameless_place("Mäntylän koulu") != "Mäntylän koulu"


def test_an_email_that_nobody_has_goes_too_and_differs_from_others(people: Identities) -> None:
    texts = [people.scrubbed(f"{name}@example.org") for name in ("muu", "MUU", "toinen")]
    assert texts[0] == texts[1] == people.pseudonym("muu@example.org")
    assert texts[2] != texts[1]


@pytest.mark.parametrize(
    ("file", "called"),
    [
        ("kevat.csv", "kevat.csv"),
        ("Aino_Esimerkki.csv", "P-a.csv"),
        ("SYN-1 palaute.csv", "P-a palaute.csv"),
        ("../kevat/groups.csv", "../kevat/groups.csv"),
        ("/data/aino@example.org/x.csv", "/data/P-a/x.csv"),
    ],
)
def test_a_file_loses_the_people_in_its_name(people: Identities, file: str, called: str) -> None:
    assert people.path(file) == called


def test_a_file_loses_single_names_and_their_cases(people: Identities) -> None:
    assert "sim" not in people.path("esimerkki.csv") + people.path("Esimerkkia-muut/a.csv")
    assert people.path("esi.csv") == "esi.csv"


def test_a_sentence_is_retold_but_for_its_own_words_and_numbers() -> None:
    def change(text: str) -> str:
        return "…" if text == "12" or isinstance(text, Who) else text

    inner = _("row {n}", n=12)
    said = _(
        "12: “{own}” and {ids} on {place}",
        own="12",
        ids=[Who("A"), "B", verbatim("12")],
        place=inner,
    )
    assert str(said.retold(change)) == "12: “…” and …, B and … on row 12"
    assert said.retold(str) == said
