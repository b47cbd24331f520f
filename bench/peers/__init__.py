"""The peers: the same four sliders, sentence and six bars, made the way that most people would."""
