namespace TrtBindings.Generators.Diagnostics;

/// <summary>
/// Findings about TensorRT, which are information in a plain build and warnings if the item asks for TensorRT. Also
/// contradictions between a family's shapes and its labels.
/// </summary>
internal static partial class Descriptors
{
    /// <summary>Category of findings that are warnings only if the item asks for TensorRT.</summary>
    public const string TensorRt = "TrtBindings.TensorRT";

    public static readonly DiagnosticRule RangeMissing = Info(
        "TRTB0120", TensorRt, "A dynamic dimension has no range",
        "Dimension '{0}' has no range{1}, and TensorRT builds an engine only for ranges. Give it one, such as "
        + "TrtProfile=\"{2}\".");

    public static readonly DiagnosticRule OperatorNotTaken = Info(
        "TRTB0121", TensorRt, "TensorRT's parser does not take an operator",
        "The parser of TensorRT {1} does not take operator {0} unless a plug-in brings it. For TensorRT, export the model "
        + "without it; whether ONNX Runtime takes it shows when the model is loaded.");

    public static readonly DiagnosticRule TypeNotTaken = Info(
        "TRTB0122", TensorRt, "TensorRT's parser does not take a tensor's type",
        "The parser of TensorRT {2} does not take '{0}', which is {1}. For TensorRT, export the model with another type; "
        + "whether ONNX Runtime takes it shows when the model is loaded.");

    public static readonly DiagnosticRule OpsetNotTaken = Info(
        "TRTB0123", TensorRt, "TensorRT's parser does not take the operator set",
        "The model uses operator set {0}, and the parser of TensorRT {1} takes {2}. Convert the model, or export it again.");

    public static readonly DiagnosticRule UnsignedQuantization = Info(
        "TRTB0124", TensorRt, "The model is quantized to unsigned bytes",
        "The model has QuantizeLinear or DequantizeLinear and {0} uint8 initializers, so it is quantized to unsigned bytes with "
        + "zero points that are not zero. TensorRT takes signed bytes with zero points of zero; quantize it symmetrically.");

    public static readonly DiagnosticRule EqualDimensionNames = Info(
        "TRTB0125", TensorRt, "Two dimensions that may differ are written alike",
        "{0} dimensions of the inputs are all written '{1}', which means unknown; TensorRT takes them for one dimension and "
        + "refuses sizes that differ, such as 640x480. Export the model with a name for each.");

    public static readonly DiagnosticRule InterleavedBatch = Error(
        "TRTB0130", Item, "The model mixes the images of a batch",
        "TrtProfile declares '{0}' up to {1}, and the model's outputs have no batch dimension: rows of several images stand "
        + "mixed. Declare '{0}=1', or export the model with outputs [batch, rows, values].");

    public static readonly DiagnosticRule LabelCountDisagrees = Warning(
        "TRTB0131", Signature, "The number of labels is not that of the model's head",
        "The metadata names {0} classes, and the head has {1}. {2} does not take the model until "
        + "'names' in the metadata is repaired or removed, or the model exported again.");

    public static readonly DiagnosticRule HeadUnclear = Warning(
        "TRTB0133", Signature, "The model's head can be read in several ways",
        "{0}. The class is generated without an engine.");

    public static readonly DiagnosticRule LabelsUnreadable = Warning(
        "TRTB0134", Signature, "The class labels cannot be read",
        "The metadata entry 'names' is no list or dictionary of names for the classes 0 to n-1: {0}. The labels are numbered. "
        + "Repair the entry, for example {{0: 'cup', 1: 'plate'}}, or remove it.");

    public static readonly DiagnosticRule TooLarge = Error(
        "TRTB0132", File, "The model file is larger than 2 GB",
        "The model file has {0} bytes, and no runtime loads more than 2147483647 in one file. Save it with external data.");
}
