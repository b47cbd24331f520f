"""Write the teachers' pages to docs/teachers in the current folder."""

from pathlib import Path

from crampnb.teachers import write

if __name__ == "__main__":
    write(Path("docs", "teachers"))
