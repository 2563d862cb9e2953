"""What the operating system refuses, in the user's language: its own words are English."""

from __future__ import annotations

import errno

from vermegroup.language.messages import Message, _


def why(fault: OSError | ValueError) -> Message:
    """The reason of a fault that a file or a folder caused.

    What is rare is told in the system's own words, as those.
    """
    if isinstance(fault, ValueError):  # as open() says it of a name
        return _BAD_NAME
    known = _REASONS.get(fault.errno or 0)
    return known or _("the system says “{words}”", words=fault.strerror or str(fault))


_BAD_NAME = _("the name has a character that no name of a file may have")
_FORBIDDEN = _("permission is missing, or another program holds it")
_FULL = _("there is no space left")
_MANY = _("too many files are open; close other programs and try again")
_AWAY = _("the disk or the network drive does not answer")

_REASONS = {
    errno.ENOENT: _("there is no such file or folder"),
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EBUSY: _("another program holds it"),
    errno.EISDIR: _("it is a folder, not a file"),
    errno.ENOTDIR: _("a file stands where a folder should be"),
    errno.EEXIST: _("something of this name is there already"),
    errno.ENOTEMPTY: _("the folder is not empty"),
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _("the file would be too large"),
    errno.EROFS: _("it can only be read, not written"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.EINVAL: _("the system does not accept the name"),
    errno.ELOOP: _("links lead to each other"),
    errno.EMFILE: _MANY,
    errno.ENFILE: _MANY,
    errno.ENOMEM: _("there is not enough memory"),
    errno.EIO: _("the disk or the drive may be damaged"),
    errno.ESTALE: _AWAY,
    errno.ETIMEDOUT: _AWAY,
    errno.EPIPE: _("nobody reads it any more"),
    errno.EBADF: _("it is closed"),
    errno.ENXIO: _("nothing is there to be read"),
}
