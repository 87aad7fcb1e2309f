using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TrtBindings.Graphs.Files;

namespace TrtBindings.Graphs.Conversion;

/// <summary>A model in ONNX Runtime on the CPU, run with samples.</summary>
internal sealed class OrtModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Dictionary<string, ElementType> _inputs;

    private OrtModel(InferenceSession session, Dictionary<string, ElementType> inputs) => (_session, _inputs) = (session, inputs);

    /// <summary>Loads a file.</summary>
    /// <param name="path">The model.</param>
    /// <param name="level">What ONNX Runtime may do to it.</param>
    /// <param name="threads">Threads of a run; 0 for as many as ONNX Runtime takes.</param>
    /// <exception cref="OrtFailure">ONNX Runtime does not take it.</exception>
    public static OrtModel Load(string path, GraphOptimizationLevel level, int threads = 0)
    {
        var inputs = InputsOf(path);
        // Its own log goes to the console, which is the application's; the exception has the text.
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = level, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = threads,
        };
        return OrtFailure.Translate(() => new OrtModel(new(path, options), inputs));
    }

    /// <summary>Runs one sample.</summary>
    /// <param name="sample">The inputs. Floating-point ones are given in the model's type.</param>
    /// <param name="outputs">Names of the outputs; all of them without this.</param>
    /// <param name="read">Called with each output that is a tensor of floating-point numbers, as 32-bit numbers.</param>
    /// <param name="cancellation">Ends the run after the node that it is at.</param>
    /// <exception cref="OrtFailure">The run failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Run(ModelSample sample, IReadOnlyCollection<string>? outputs, Action<string, ReadOnlySpan<float>> read,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var (names, values, pins) = (new List<string>(), new List<OrtValue>(), new List<MemoryHandle>());
        try
        {
            foreach (var (name, (type, shape, bytes)) in sample.Tensors)
            {
                if (!_inputs.TryGetValue(name, out var wanted)) continue;
                var data = bytes;
                if (wanted != type && ConvertedData.IsFloat(wanted) && ConvertedData.IsFloat(type))
                    data = new ConvertedData(new InlineData(type, bytes.Length / (type.BitWidth() / 8), bytes), wanted).ToArray();
                else wanted = type;
                pins.Add(data.Pin());
                names.Add(name);
                values.Add(ValueOf(wanted, shape, pins[^1], data.Length));
            }

            using var run = new RunOptions();
            using var end = cancellation.Register(() => run.Terminate = true);
            using var results = OrtFailure.Translate(() => _session.Run(run, names, values, outputs ?? _session.OutputNames));
            var place = 0;
            foreach (var name in outputs ?? _session.OutputNames) Read(name, results[place++], read);
        }
        catch (OrtFailure) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        finally
        {
            foreach (var value in values) value.Dispose();
            foreach (var pin in pins) pin.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    /// <summary>The types of the inputs, from the file.</summary>
    /// <exception cref="OrtFailure">One is optional or no tensor at all.</exception>
    private static Dictionary<string, ElementType> InputsOf(string path)
    {
        using var file = OnnxFile.Read(path);
        var graph = file.Model.Graph;
        // The managed package describes every input and output of a new session, and ends the process at an optional one.
        if (graph.Input.Concat(graph.Output).FirstOrDefault(value => value.Type?.ValueCase is not (null
            or TypeProto.ValueOneofCase.None or TypeProto.ValueOneofCase.TensorType or TypeProto.ValueOneofCase.SequenceType
            or TypeProto.ValueOneofCase.MapType)) is { } other)
            throw new OrtFailure(
                $"'{other.Name}' is {other.Type.ValueCase}, which Microsoft.ML.OnnxRuntime.Managed cannot open.");
        var inputs = new Dictionary<string, ElementType>();
        foreach (var input in graph.Input) inputs[input.Name] = (ElementType)(input.Type?.TensorType?.ElemType ?? 0);
        return inputs;
    }

    private static unsafe OrtValue ValueOf(ElementType type, long[] shape, MemoryHandle pin, long bytes) => OrtFailure.Translate(
        () => OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, (TensorElementType)type, shape, (nint)pin.Pointer, bytes));

    private static void Read(string name, OrtValue value, Action<string, ReadOnlySpan<float>> read)
    {
        if (value.OnnxType != OnnxValueType.ONNX_TYPE_TENSOR) return;
        var type = (ElementType)value.GetTensorTypeAndShape().ElementDataType;
        if (!ConvertedData.IsFloat(type)) return;
        var bytes = value.GetTensorMutableRawData();
        if (type == ElementType.Float)
        {
            read(name, MemoryMarshal.Cast<byte, float>(bytes));
            return;
        }

        var numbers = new float[bytes.Length / 2];
        ConvertedData.ToFloat(bytes, type, numbers);
        read(name, numbers);
    }
}
