"""Say in Chinese why the system refused a file: no right, no room, a folder in a file's place."""

from __future__ import annotations

import errno

_REASONS = {
    errno.EACCES: "没有权限，或者文件正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件太大，这个磁盘放不下",
    errno.EIO: "磁盘读写出错",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EISDIR: "这里已经有同名的文件夹",
    errno.EEXIST: "这里已经有同名的文件或链接",
    errno.ENOTEMPTY: "文件夹里还有东西",
    errno.ENAMETOOLONG: "名字太长",
    errno.ELOOP: "链接绕成了圈",
    errno.EBUSY: "正被别的程序使用",
    errno.EXDEV: "不在同一个磁盘上",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
}

OF_THE_MACHINE = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOMEM}
)
"""What is wrong with the machine or the user's rights, never with a name or a file that somebody sent."""


class UnfitMachineError(OSError):
    """A machine that does not let the program do its work; the message is Chinese."""


def describe_system_error(error: OSError) -> str:
    """Return the reason in Chinese, without the path; the system's own words where it has a rare reason."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def name_system_error(error: OSError) -> str:
    """Return what the system refused with its reason: ``out/site：磁盘满了``."""
    place = error.filename2 or error.filename
    reason = describe_system_error(error)
    return f"{place}：{reason}" if isinstance(place, str) and place else reason
