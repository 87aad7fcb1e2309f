using TrtBindings.Interop.TensorRT;
using TrtBindings.Interop.TensorRT.Raw;

namespace TrtBindings.TensorRT.Building;

/// <summary>The values that the layers of a network make, by the names that the parser took from the model.</summary>
internal sealed class NetworkValues
{
    private readonly Dictionary<string, NetworkValue> _values = [];

    private NetworkValues()
    {
    }

    /// <summary>Those of no network.</summary>
    public static NetworkValues None { get; } = new();

    /// <summary>Reads them.</summary>
    public static NetworkValues Read(TrtNetwork network)
    {
        var values = new NetworkValues();
        for (var i = 0; i < network.NbLayers; i++)
        {
            var layer = network.GetLayer(i);
            for (var output = 0; output < layer.NbOutputs; output++)
            {
                var tensor = layer.GetOutput(output);
                values._values[tensor.Name] = new(i, output, tensor.Type, tensor.Dimensions);
            }
        }

        return values;
    }

    /// <summary>A value; <see langword="null"/> if the network has none of this name.</summary>
    public NetworkValue? Find(string name) => _values.TryGetValue(name, out var value) ? value : null;

    /// <summary>Makes values outputs of their network.</summary>
    /// <param name="network">The network that they were read from.</param>
    /// <param name="names">Their names.</param>
    public void Mark(TrtNetwork network, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { } value) network.MarkOutput(network.GetLayer(value.Layer).GetOutput(value.Output));
        }
    }
}

/// <summary>A value of a network.</summary>
/// <param name="Layer">The layer that makes it.</param>
/// <param name="Output">Which of the layer's outputs it is.</param>
/// <param name="Type">Its type.</param>
/// <param name="Shape">Its shape, -1 for dynamic dimensions.</param>
internal readonly record struct NetworkValue(int Layer, int Output, TrtDataType Type, TrtDims Shape)
{
    /// <summary>True if it can be compared with a reference.</summary>
    public bool IsFloat => Type is TrtDataType.Float or TrtDataType.Half or TrtDataType.Bf16;
}
