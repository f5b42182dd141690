import platform

from headwater.api.memory import bound_memory_pools


def test_the_library_of_this_machine_takes_the_bound() -> None:
    assert bound_memory_pools() == (platform.libc_ver()[0] == "glibc")
