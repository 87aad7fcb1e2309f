namespace TrtBindings.Vision.MaskRcnn;

/// <summary>A detection before its class number becomes a label; see <see cref="MaskRcnnDetection{TLabel}"/>.</summary>
internal readonly record struct MaskRcnnInstance(int ClassIndex, float Score, Box Box, Mask? Mask);
