"""A filter of system calls for a Linux process that only computes.

Refused with EPERM: sockets, new processes and programs, other processes, writing or changing
anything in the file system, memory that no limit counts, and the kernel's rarer doors. Everything
else stays, since Python and the libraries that set text need much and none of it leads out.

Why by hand: the package for it (pyseccomp) has had no release since 2021 and needs a native
library; a filter of this size is a list of numbers.

Source:
    Linux, Documentation/userspace-api/seccomp_filter.rst; numbers from asm/unistd_64.h and
    asm-generic/unistd.h.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from typing import Final

_SET_NO_NEW_PRIVS: Final = 38
_SET_FILTER: Final = 1
_ALL_THREADS: Final = 1

_LOAD: Final = 0x20
_EQUAL: Final = 0x15
_AT_LEAST: Final = 0x35
_ANY_BIT: Final = 0x45
_GIVE: Final = 0x06

_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_REFUSE: Final = 0x00050000 | errno.EPERM
_UNKNOWN: Final = 0x00050000 | errno.ENOSYS

_NUMBER_AT: Final = 0
_PROCESSOR_AT: Final = 4
_ARGUMENTS_AT: Final = 16
_X32: Final = 0x40000000
"""From here on the numbers of a second interface of x86-64, by which a filter could be passed."""

_PROCESSORS: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
"""The system call that sets a filter."""

# Name -> number on x86-64 and on aarch64; None where the processor never had it.
_REFUSED: Final[dict[str, tuple[int | None, int | None]]] = {
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "bind": (49, 200),
    "listen": (50, 201), "accept": (43, 202), "accept4": (288, 242), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269),
    "execve": (59, 221), "execveat": (322, 281), "fork": (57, None), "vfork": (58, None),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "kill": (62, 129),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438), "setpriority": (141, 140),
    "sched_setaffinity": (203, 122), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "creat": (85, None), "unlink": (87, None), "unlinkat": (263, 35), "rename": (82, None),
    "renameat": (264, 38), "renameat2": (316, 276), "link": (86, None), "linkat": (265, 37),
    "symlink": (88, None), "symlinkat": (266, 36), "mkdir": (83, None), "mkdirat": (258, 34),
    "rmdir": (84, None), "mknod": (133, None), "mknodat": (259, 33), "truncate": (76, 45),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466), "file_setattr": (469, 469),
    "open_by_handle_at": (304, 265), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429),
    "open_tree": (428, 428), "fsopen": (430, 430), "fsmount": (432, 432),
    "mount_setattr": (442, 442), "setns": (308, 268), "unshare": (272, 97),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_setup": (206, 0),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "fanotify_init": (300, 262), "inotify_init": (253, None), "inotify_init1": (294, 26),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "sethostname": (170, 161),
    "setdomainname": (171, 162), "personality": (135, 92), "quotactl": (179, 60),
    "acct": (163, 89), "mq_open": (240, 180), "shmget": (29, 194), "semget": (64, 190),
    "msgget": (68, 186), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "chdir": (80, 49), "fchdir": (81, 50),
}  # fmt: skip

# Calls whose arguments stand behind a pointer, where no filter sees them: the kernel is said not
# to have them, and libraries take the older form.
_HIDDEN: Final = {"clone3": (435, 435), "openat2": (437, 437)}

_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_THREAD: Final = 0x00010000
_TYPES_INTO_TERMINAL: Final = (0x5412, 0x541C)
_SHARED: Final = 0x01
_OF_NO_FILE: Final = 0x20
_GROWING_DOWN: Final = 0x0100
"""Kinds of memory. What is shared and of no file, or a stack, ``RLIMIT_DATA`` does not count."""
_SIZE_OF_A_PIPE: Final = 1031

Instruction = tuple[int, int, int, int]
"""Operation, jump if true, jump if false, operand."""


def refuse_calls() -> bool:
    """Refuse this process, all of its threads, what leads out of it from now on.

    Why the threads there already are: a library may have begun one while it was made ready.

    Returns:
        Whether it holds: False on a system or processor that is not known here.
    """
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _PROCESSORS or sys.maxsize < 1 << 32:
        return False
    program = b"".join(struct.pack("HBBI", *each) for each in filter_program(machine, os.getpid()))
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    given = ctypes.create_string_buffer(header, len(header))
    return bool(
        libc.prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and libc.syscall(_SECCOMP[machine], _SET_FILTER, _ALL_THREADS, given) == 0
    )


def filter_program(machine: str, process: int) -> list[Instruction]:
    """The filter for one processor: first match decides, and what none matches is allowed.

    Args:
        machine: As ``platform.machine`` names it: "x86_64" or "aarch64".
        process: The id of the process that may send signals to itself.
    """
    which = list(_PROCESSORS).index(machine)
    program: list[Instruction] = [
        (_LOAD, 0, 0, _PROCESSOR_AT),
        (_EQUAL, 1, 0, _PROCESSORS[machine]),
        (_GIVE, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_AT_LEAST, 0, 1, _X32),
        (_GIVE, 0, 0, _REFUSE),
    ]
    for numbers, outcome in (
        *((each, _REFUSE) for each in _REFUSED.values()),
        *((each, _UNKNOWN) for each in _HIDDEN.values()),
    ):
        if (number := numbers[which]) is not None:
            program += [(_EQUAL, 0, 1, number), (_GIVE, 0, 0, outcome)]
    x86 = machine == "x86_64"
    if x86:
        program += _when(2, 1, [(_ANY_BIT, 0, 1, _WRITING)])
    program += _when(257 if x86 else 56, 2, [(_ANY_BIT, 0, 1, _WRITING)])
    # A thread of this process is none of its own.
    program += _when(56 if x86 else 220, 0, [(_ANY_BIT, 1, 0, _THREAD)])
    program += _when(234 if x86 else 131, 0, [(_EQUAL, 1, 0, process)])
    program += _when(302 if x86 else 261, 0, [(_EQUAL, 1, 0, 0)])
    program += _when(9 if x86 else 222, 3, [(_ANY_BIT, 0, 1, _GROWING_DOWN)])
    program += _when(
        9 if x86 else 222, 3, [(_ANY_BIT, 0, 2, _OF_NO_FILE), (_ANY_BIT, 0, 1, _SHARED)]
    )
    program += _when(72 if x86 else 25, 1, [(_EQUAL, 0, 1, _SIZE_OF_A_PIPE)])
    for each in _TYPES_INTO_TERMINAL:
        program += _when(16 if x86 else 29, 1, [(_EQUAL, 0, 1, each)])
    program.append((_GIVE, 0, 0, _ALLOW))
    return program


def _when(number: int, argument: int, refused: list[Instruction]) -> list[Instruction]:
    """Refuse one call by its argument: each test jumps over the refusal where it is allowed."""
    return [
        (_EQUAL, 0, len(refused) + 3, number),
        (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),
        *refused,
        (_GIVE, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
