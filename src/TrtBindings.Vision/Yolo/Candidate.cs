namespace TrtBindings.Vision.Yolo;

/// <summary>One prediction that was kept, before boxes go back to the image.</summary>
/// <param name="Source">Its anchor (dense) or row (end-to-end).</param>
/// <param name="ClassIndex">Its class.</param>
/// <param name="Score">Its score.</param>
/// <param name="Box">Its box in pixels of the model's input, not clipped.</param>
internal readonly record struct Candidate(int Source, int ClassIndex, float Score, Box Box);
