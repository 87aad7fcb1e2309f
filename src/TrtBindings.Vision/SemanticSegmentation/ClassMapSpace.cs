namespace TrtBindings.Vision;

/// <summary>Which pixels a class map is made of.</summary>
public enum ClassMapSpace
{
    /// <summary>Pixels of the picture: logits are resized to its size, then the best class of each pixel is taken.</summary>
    Image,
    /// <summary>The model's own places: whatever size its output has, nothing is resized.</summary>
    Model,
}
