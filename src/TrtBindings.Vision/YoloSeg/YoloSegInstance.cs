namespace TrtBindings.Vision.YoloSeg;

/// <summary>A detection before its class index becomes a label; see <see cref="YoloSegDetection{TLabel}"/>.</summary>
internal readonly record struct YoloSegInstance(int ClassIndex, float Score, Box Box, Mask? Mask);
