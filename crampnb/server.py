from pathlib import Path
from markupsafe import Markup
from nbconvert.preprocessors import Preprocessor
from crampnb.views import document

class Prerender(Preprocessor):
    def preprocess(self, nb, resources):
        resources["crampnb"] = {"title": "Cramp", "document": Markup(document()),
          "css": Markup((Path(__file__).parent / "page.css").read_text())}
        return nb, resources
