namespace TrtBindings.Generators.Diagnostics;

/// <summary>Faults in an item's metadata.</summary>
internal static partial class Descriptors
{
    /// <summary>Category of faults in the item. The class is generated in spite of such an error.</summary>
    public const string Item = "TrtBindings.Item";

    public static readonly DiagnosticRule ItemTextMalformed = Error(
        "TRTB0100", Item, "The text of an item does not follow its grammar",
        "{0}=\"{1}\" cannot be read: {3} is expected at character {2}, where {4} stands. docs/items.md has the grammar.");

    public static readonly DiagnosticRule ProfileRangeInvalid = Error(
        "TRTB0101", Item, "A range of a profile is not in order",
        "The range {1} of '{0}' in TrtProfile is not min <= opt <= max with min at least {2}. Put the least size first, the "
        + "size to be fastest at second, the largest last.");

    public static readonly DiagnosticRule ProfileDimensionUnknown = Error(
        "TRTB0102", Item, "A profile names no dimension of the model",
        "TrtProfile names '{0}', which is no dynamic dimension of the model's inputs. {1}.");

    public static readonly DiagnosticRule ProfileDimensionFixed = Error(
        "TRTB0103", Item, "A profile gives a range for a fixed dimension",
        "TrtProfile gives a range for '{0}', which the model file fixes at {1}. Leave it out, or export the model with this "
        + "dimension dynamic.");

    public static readonly DiagnosticRule ProfileDimensionTwice = Error(
        "TRTB0104", Item, "A profile names a dimension twice",
        "One profile of TrtProfile gives two ranges for '{0}'. Leave one out, or put '|' between two profiles.");

    public static readonly DiagnosticRule ItemWordUnknown = Error(
        "TRTB0105", Item, "An item has a value that means nothing",
        "{0}=\"{1}\" means nothing. It takes one of {2}.");

    public static readonly DiagnosticRule ItemNameInvalid = Error(
        "TRTB0106", Item, "A name on an item is not a C# name",
        "{0}=\"{1}\" cannot be {2}: it is no identifier, a keyword, or a name that the generated code needs. The class is "
        + "named as if it were not there.");

    public static readonly DiagnosticRule RenameUnknown = Error(
        "TRTB0107", Item, "TrtRename names no tensor of the model",
        "TrtRename names '{0}', and the model has no such input or output, nor an input with such a dimension. It has {1}.");

    public static readonly DiagnosticRule RenameInvalid = Error(
        "TRTB0108", Item, "TrtRename gives a name that a member cannot have",
        "TrtRename gives '{0}' the name '{1}', which is no C# identifier or is a member of the generated classes already");

    public static readonly DiagnosticRule RenameClash = Error(
        "TRTB0109", Item, "TrtRename gives a name that is taken",
        "TrtRename cannot give '{0}' the name '{1}': {2}. Choose another name, or rename both.");

    public static readonly DiagnosticRule TaskContradicted = Error(
        "TRTB0110", Item, "The model is not of the family that TrtTask names",
        "TrtTask=\"{0}\" asks for a model that has {1}. In this one {2}. Remove TrtTask, or export the model for this task.");

    public static readonly DiagnosticRule ItemTextCut = Error(
        "TRTB0112", Item, "An item has a value with a character that does not reach the compiler",
        "{0} has ';', '#' or a line break in it, behind which the compiler sees nothing. It is not used; write it without.");

    public static readonly DiagnosticRule ItemNameUnknown = Warning(
        "TRTB0113", Item, "An item says something that means nothing",
        "The item has {0}, which means nothing. docs/items.md lists what an item can say; is it misspelled?");

    public static readonly DiagnosticRule SignatureMoved = Warning(
        "TRTB0140", Signature, "The model's signature has changed",
        "The model's signature is not the one in '{0}': {1}. If this is meant, run 'dotnet build -t:TrtWriteSignatures' and "
        + "check the file in.");
}
