using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Running;

/// <summary>An input or output of an engine.</summary>
/// <param name="Index">Its index among the engine's tensors.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsInput">True for an input, false for an output.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">
/// Its shape, −1 for dynamic dimensions. For an output of an engine with several profiles it may be that of the first.
/// </param>
/// <param name="IsOnHost">TensorRT reads or writes it in host memory.</param>
/// <param name="DecidesShapes">It is a shape tensor: an input whose values decide the shapes of other tensors.</param>
/// <param name="OddFormat">A memory layout other than row-major in some profile; <see langword="null"/> for none.</param>
internal sealed record EngineTensor(int Index, TrtName Name, bool IsInput, ElementType Type, TrtDims Shape, bool IsOnHost,
    bool DecidesShapes, TrtTensorFormat? OddFormat)
{
    /// <summary>Bytes per element.</summary>
    public int ElementBytes { get; } = Type.BitWidth() / 8;

    /// <summary>Its shape is set before each run.</summary>
    public bool IsDynamic { get; } = Shape.ToArray().Contains(-1);

    /// <summary>Reads the tensors of an engine, in its order.</summary>
    public static EngineTensor[] ReadAll(TrtEngine engine)
    {
        var tensors = new EngineTensor[engine.NbIOTensors];
        for (var i = 0; i < tensors.Length; i++) tensors[i] = Read(engine, i);
        return tensors;
    }

    /// <summary>For example <c>images: float [-1, 3, 640, 640]</c>.</summary>
    public override string ToString() => $"{Name}: {Type.OnnxName()} {Shape}";

    private static EngineTensor Read(TrtEngine engine, int index)
    {
        var name = new TrtName(engine.GetIOTensorName(index));
        var isInput = engine.GetTensorIOMode(name) == TrtTensorIOMode.Input;
        var isOnHost = engine.GetTensorLocation(name) == TrtTensorLocation.Host;
        TrtTensorFormat? odd = null;
        for (var profile = 0; profile < engine.NbOptimizationProfiles; profile++)
        {
            var format = engine.GetTensorFormat(name, profile);
            if (format != TrtTensorFormat.Linear) odd = format;
        }

        return new(index, name, isInput, TrtElementTypes.Of(engine.GetTensorDataType(name)), engine.GetTensorShape(name),
            isOnHost, isInput && isOnHost && engine.IsShapeInferenceIO(name), odd);
    }
}

/// <summary>Maps TensorRT's element types to ONNX's.</summary>
internal static class TrtElementTypes
{
    /// <summary>The ONNX type; undefined for a type that this release does not know.</summary>
    public static ElementType Of(TrtDataType type) => type switch
    {
        TrtDataType.Float => ElementType.Float,
        TrtDataType.Half => ElementType.Float16,
        TrtDataType.Int8 => ElementType.Int8,
        TrtDataType.Int32 => ElementType.Int32,
        TrtDataType.Bool => ElementType.Bool,
        TrtDataType.Uint8 => ElementType.UInt8,
        TrtDataType.Fp8 => ElementType.Float8E4M3FN,
        TrtDataType.Bf16 => ElementType.BFloat16,
        TrtDataType.Int64 => ElementType.Int64,
        TrtDataType.Int4 => ElementType.Int4,
        TrtDataType.Fp4 => ElementType.Float4E2M1,
        TrtDataType.E8m0 => ElementType.Float8E8M0,
        _ => ElementType.Undefined,
    };
}
