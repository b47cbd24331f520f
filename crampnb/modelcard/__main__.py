"""Write the model card to MODEL.md in the current folder."""

from pathlib import Path

from crampnb.modelcard import card

if __name__ == "__main__":
    Path("MODEL.md").write_text(card(), "utf-8")
