"""How git calls the merge of records, so that no failure of ours leaves one side silently in the file.

git takes what the driver leaves in `%A` for the result and only its exit code for the rest: a command that is missing,
a Python that cannot start and a process that was killed would all leave our side there, without a marker. So the line
itself falls back to the merge by lines, except after the one exit code that nothing else ends with.
"""

from typing import Final

CONFLICTS: Final = 91
"""The exit code that the line asks for when conflicts were recorded: a Python that cannot start ends with 1 as well."""

LINE: Final = (
    f"leadline merge %O %A %B --path %P --marker-size %L --conflict-exit {CONFLICTS} || "
    f"{{ test $? -eq {CONFLICTS} && exit 1; "
    "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B; }"
)
"""What `merge.leadline.driver` is set to."""
