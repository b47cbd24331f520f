"""The lessons' cards, each a widget: predict first, ask, try, grade."""
