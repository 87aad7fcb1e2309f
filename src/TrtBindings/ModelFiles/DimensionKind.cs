namespace TrtBindings;

/// <summary>What a model file says of one dimension.</summary>
public enum DimensionKind
{
    /// <summary>A number.</summary>
    Fixed,
    /// <summary>A name (<c>dim_param</c>), shared by every dimension of the model that has it.</summary>
    Named,
    /// <summary>
    /// Nothing usable: no value, an empty name, <c>?</c>, or a negative number.
    /// Never equal in size to another dimension.
    /// </summary>
    Unknown,
}
