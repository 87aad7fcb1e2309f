namespace TrtBindings;

/// <summary>The file that is being loaded is not the model that this program was compiled against.</summary>
public sealed class SignatureMismatchException : TrtBindingsException
{
    /// <summary>An error naming the first difference.</summary>
    public SignatureMismatchException(string model, string difference)
        : base($"'{model}' is not the model that this program was compiled against: {difference} "
            + "Rebuild the project with this file, or load the file that it was built with.")
    {
        Model = model;
        Difference = difference;
    }

    /// <summary>The file that was being loaded.</summary>
    public string Model { get; }

    /// <summary>The first difference, with both sides: compiled and found.</summary>
    public string Difference { get; }
}
