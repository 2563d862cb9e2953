"""What the operating system refuses is told in the user's language."""

from __future__ import annotations

import errno
import os

import pytest

from tests.cli.english import english_in
from vermegroup.language.system_faults import why

COMMON = [
    *(errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.EEXIST),
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENAMETOOLONG, errno.EMFILE, errno.ENFILE),
    *(errno.EPIPE, errno.EBADF, errno.EIO, errno.ELOOP, errno.EBUSY, errno.EFBIG, errno.EINVAL),
    *(errno.ENOMEM, errno.ENOTEMPTY, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT),
]


@pytest.mark.parametrize("number", COMMON, ids=errno.errorcode.get)
def test_a_common_fault_has_a_sentence_in_every_language(number: int) -> None:
    fault = OSError(number, os.strerror(number))
    told = [why(fault).in_(language) for language in ("en", "fi", "sv")]
    assert len(set(told)) == 3
    assert not any(os.strerror(number) in sentence for sentence in told)
    assert not english_in(" ".join(told[1:]))


def test_a_rare_fault_is_quoted_as_the_systems_own_words() -> None:
    fault = OSError(errno.EXDEV, "Invalid cross-device link")
    assert str(why(fault)) == "the system says “Invalid cross-device link”"
    assert why(fault).in_("fi") == "järjestelmä sanoo ”Invalid cross-device link”"
    assert "no number" in str(why(OSError("no number")))


def test_a_name_that_no_file_can_have_is_told_to_be_one() -> None:
    with pytest.raises(ValueError, match="null") as raised:
        os.stat("a\0b")
    assert "character" in str(why(raised.value))
