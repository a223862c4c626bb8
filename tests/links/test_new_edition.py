"""Raising an edition: one command that keeps what was published, or says why not and writes nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from hooks.site.new_edition import main
from hooks.site.promises import main as promises
from tests import support
from tests.support import edit

BRIEF = "briefs/comments.md"
KEPT = "briefs/comments/comments-ed2.pdf"
GIVEN = ["ib-01", "--note", "The survey of 2026 added.", "--date", "2026-11-22", "--review-by", "2027-11-22"]


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("once") / "project"


@pytest.fixture
def published(once: Path, tmp_path: Path, build) -> Path:
    """The sample as it is published: built, its addresses promised. Built for one test, copied for the others."""
    if not once.exists():
        support.copy_sample(once)
        done = build(once)
        assert done.status == 0, done.output
        assert promises(["--record"], once) == 0
    return Path(shutil.copytree(once, tmp_path / "published", symlinks=True))


def sources(root: Path) -> dict[str, bytes]:
    """Every file that an author or the command writes."""
    return {path: content for path, content in support.contents(root).items() if path.startswith(("briefs/", "whitepaper/", "docs/"))}


def test_an_edition_is_raised_and_the_old_one_stays_where_it_was(published: Path, build, capsys) -> None:
    before, text = (published / "site/briefs/comments/comments.pdf").read_bytes(), (published / BRIEF).read_text(encoding="utf-8")
    assert main(GIVEN, published) == 0
    said = capsys.readouterr().out
    assert f"{KEPT}: kept." in said and f"{BRIEF}: edition 3, to be reviewed by 2027-11-22." in said
    assert "Law as of 2026-06-01: set `law_as_of`" in said
    new = text.replace("edition: 2\npublished: 2026-01-15\nrevised: 2026-06-01", "edition: 3\npublished: 2026-01-15\nrevised: 2026-11-22")
    new = new.replace("review_by: 2027-06-01", "review_by: 2027-11-22")
    new = new.replace("changes:\n", "changes:\n  - {edition: 3, date: 2026-11-22, note: The survey of 2026 added.}\n")
    assert (published / BRIEF).read_text(encoding="utf-8") == new
    done = build(published)
    assert done.status == 0, done.output
    assert (done.site / KEPT).read_bytes() == before
    assert (done.site / "briefs/comments/comments.pdf").read_bytes() != before
    assert 'href="../comments.pdf"' in (done.site / "briefs/comments/comments-ed3.pdf/index.html").read_text(encoding="utf-8")
    # And once more, now that there is something kept already.
    assert main([*GIVEN[:2], "A fourth.", *GIVEN[3:]], published) == 0
    assert (published / KEPT).read_bytes() == before and (published / "briefs/comments/comments-ed3.pdf").exists()


def test_in_the_order_that_comes_naturally_the_right_edition_is_kept(published: Path, capsys) -> None:
    """The number was raised by hand, and the build refused: site/ still has the edition before."""
    before = (published / "site/briefs/comments/comments.pdf").read_bytes()
    edit(published / BRIEF, "edition: 2\n", "edition: 3\n")
    edit(published / BRIEF, "changes:\n", "changes:\n  - {edition: 3, date: 2026-06-01, note: Third.}\n")
    text = (published / BRIEF).read_bytes()
    assert main(GIVEN, published) == 0
    assert "said edition 3 already: nothing was changed in it." in capsys.readouterr().out
    assert (published / BRIEF).read_bytes() == text
    assert (published / KEPT).read_bytes() == before
    assert not (published / "briefs/comments/comments-ed3.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["", "--note", ""], "Which publication? Give its id: BRIEF=ib-08.\nWhat changed?"),
        (["ib-01", "--note", " "], "What changed?"),
        (["ib-1", *GIVEN[1:]], "There is no publication “ib-1”. Did you mean “ib-01”?"),
        (["coments", *GIVEN[1:]], "There is no publication “coments”. Did you mean “comments”?"),
        ([*GIVEN[:3], "--date", "tomorrow"], "DATE is “tomorrow”. Write a date as 2026-11-22."),
        ([*GIVEN[:3], "--date", "2026-05-01", "--review-by", "2027-11-22"], "The date 2026-05-01 is before 2026-06-01"),
        ([*GIVEN[:5], "--review-by", "2026-11-22"], "would not be after 2026-11-22"),
        (GIVEN[:5], "By when is ib-01 to be reviewed again? Say REVIEW_BY=2027-11-22 or another day; it was 2027-06-01."),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_written(published: Path, capsys, arguments: list[str], message: str) -> None:
    before = sources(published)
    assert main(arguments, published) == 1
    assert message in capsys.readouterr().err
    assert sources(published) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("status: current", "status: draft", "is a draft: its first edition begins when it is published"),
        ("status: current", "status: withdrawn", "Issue Brief 1 is withdrawn. No edition was raised."),
        ("edition: 2\n", "edition: 4\n", "comments.pdf is edition 2, and briefs/comments.md says 4. Run `make site`"),
        ("title: Public comments", "titel: Public comments", "briefs/comments.md:3: “titel” is not a known key. Did you mean “title”?"),
        ("revised: 2026-06-01", "revised: &day 2026-06-01\nlaw_as_of: *day", "so no edition was raised"),
    ],
)
def test_a_source_that_cannot_be_raised_is_left_alone(published: Path, capsys, old: str, new: str, message: str) -> None:
    text = (published / BRIEF).read_text(encoding="utf-8")
    if "law_as_of" in new:
        text = text.replace("law_as_of: 2026-06-01\n", "")
    if "edition: 4" in new:
        text = text.replace("changes:\n", "changes:\n  - {edition: 4, date: 2026-06-01, note: Fourth.}\n")
    assert old in text
    (published / BRIEF).write_text(text.replace(old, new, 1), encoding="utf-8")
    before = sources(published)
    assert main(GIVEN, published) == 1
    assert message in capsys.readouterr().err
    assert sources(published) == before


def test_a_site_that_is_not_built_or_is_of_something_else(published: Path, capsys) -> None:
    pdf = published / "site/briefs/comments/comments.pdf"
    pdf.write_bytes((published / "site/briefs/records/records.pdf").read_bytes())
    assert main(GIVEN, published) == 1
    assert "is an edition of “ib-02”, not of “ib-01”" in capsys.readouterr().err
    pdf.write_bytes(b"no PDF")
    assert main(GIVEN, published) == 1
    assert "cannot be read" in capsys.readouterr().err
    pdf.unlink()
    assert main(GIVEN, published) == 1
    assert "site/briefs/comments/comments.pdf is not there, and it is what is to be kept: run `make site` first" in capsys.readouterr().err
    assert not (published / KEPT).exists()


def test_another_file_that_is_kept_under_the_number_is_not_overwritten(published: Path, capsys) -> None:
    (published / KEPT).parent.mkdir()
    (published / KEPT).write_bytes(b"another")
    assert main(GIVEN, published) == 1
    assert f"{KEPT} is there already and differs" in capsys.readouterr().err
    assert (published / KEPT).read_bytes() == b"another"


@pytest.mark.proof
def test_a_text_that_was_never_committed_is_not_kept_as_what_readers_have(published: Path, build, capsys) -> None:
    """New text under the old number, looked at in a build, and only then the edition is raised."""
    (published / ".gitignore").write_text("site/\n.site.*\n.cache\nnode_modules\n", encoding="utf-8")
    git(published, "init", "-q")
    git(published, "add", "-A")
    git(published, "commit", "-qm", "Published")
    as_published = (published / "site/briefs/comments/comments.pdf").read_bytes()
    edit(published / BRIEF, "Comments are open on most pages", "Comments are now closed on most pages")
    assert build(published).status == 0
    before = sources(published)
    assert main(GIVEN, published) == 1
    said = capsys.readouterr().err
    assert "is not made from the text that was committed as edition 2" in said and 'git commit -m "Edition 3 of ib-01 begins"' in said
    assert sources(published) == before
    # As it says: put the changes aside, build, raise, and take them back.
    git(published, "stash")
    assert build(published).status == 0
    assert main(GIVEN, published) == 0
    assert "Version control does not have" not in capsys.readouterr().out
    git(published, "add", "-A")
    git(published, "commit", "-qm", "Edition 3 of ib-01 begins")
    git(published, "stash", "pop")
    assert (published / KEPT).read_bytes() == as_published
    text = (published / BRIEF).read_text(encoding="utf-8")
    assert "Comments are now closed on most pages" in text and "\nedition: 3\n" in text


@pytest.mark.proof
def test_an_edition_of_what_stands_in_docs_is_kept_at_its_address(published: Path, build) -> None:
    front = (published / "briefs/records.md").read_text(encoding="utf-8").split("---\n")[1].replace("id: ib-02", "id: ws-01")
    (published / "docs/workshop").mkdir()
    (published / "docs/workshop/index.md").write_text(f"---\n{front}---\n\nWhat was said.\n", encoding="utf-8")
    assert build(published).status == 0 and promises(["--record"], published) == 0
    assert main(["ws-01", *GIVEN[1:]], published) == 0
    done = build(published)
    assert done.status == 0, done.output
    assert (done.site / "workshop/workshop-ed1.pdf").read_bytes() == (published / "docs/workshop/workshop-ed1.pdf").read_bytes()


def test_the_day_of_the_next_review_is_asked_for(published: Path) -> None:
    asked: list[str] = []
    answers = iter(["next year", ""])
    assert main(GIVEN[:5], published, lambda question: asked.append(question) or next(answers)) == 0
    assert asked == ["By when is ib-01 to be reviewed again? [2027-11-22] "] * 2
    assert "review_by: 2027-11-22" in (published / BRIEF).read_text(encoding="utf-8")
