// Stands in for `AbortSignal.timeout`, which only anywidget uses: it gives a widget's script two
// seconds to start and ignores the widget for good after that. A slow phone takes longer.
const { timeout } = AbortSignal;

export const patience = () => timeout.call(AbortSignal, 120_000);
