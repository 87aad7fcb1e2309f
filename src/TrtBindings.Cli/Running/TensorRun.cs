using TrtBindings.Cli.Npy;

namespace TrtBindings.Cli.Running;

/// <summary>Runs a model on arrays of NumPy, and writes its outputs as such.</summary>
internal static class TensorRun
{
    /// <summary>Reads what <c>--input</c> names: <c>name=file.npy</c>, <c>file.npz</c>, or <c>file.npy</c> for the only
    /// input.</summary>
    /// <exception cref="UsageException">A file cannot be used, or names no input.</exception>
    public static Dictionary<string, NpyArray> Read(string[] options, ModelSignature signature)
    {
        var arrays = new Dictionary<string, NpyArray>(StringComparer.Ordinal);
        foreach (var option in options)
        {
            var at = option.LastIndexOf('=');
            if (at >= 0) Add(arrays, option[..at], ArrayFiles.ReadOne(option[(at + 1)..]));
            else if (ArrayFiles.IsSeveral(option))
                foreach (var (name, array) in ArrayFiles.ReadSeveral(option)) Add(arrays, name, array);
            else if (signature.Inputs.Count == 1) Add(arrays, signature.Inputs[0].Name, ArrayFiles.ReadOne(option));
            else throw new UsageException(
                $"--input is '{option}'. The model has {signature.Inputs.Count} inputs: write NAME=FILE.npy.");
        }

        foreach (var (name, array) in arrays) Check(signature, name, array);
        foreach (var input in signature.Inputs)
            if (!arrays.ContainsKey(input.Name))
                throw new UsageException($"--input does not give '{input.Name}', which is {input}.");
        return arrays;
    }

    /// <summary>The file in <c>NAME=FILE</c> or <c>FILE</c>.</summary>
    public static string PathIn(string option) => option[(option.LastIndexOf('=') + 1)..];

    /// <summary>Allocates inputs of the arrays' shapes and fills them.</summary>
    public static UntypedInputs Fill(UntypedOnnxModel model, Dictionary<string, NpyArray> arrays)
    {
        var required = model.Signature.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var inputs = model.AllocateInputs(arrays.Where(one => required.Contains(one.Key))
            .ToDictionary(one => one.Key, one => one.Value.Shape));
        try
        {
            foreach (var (name, array) in arrays)
            {
                if (!required.Contains(name) && inputs.Set(name) is IUnrankedInput open) open.Reshape(array.Shape);
                if (!inputs[name].Lengths.ToArray().Select(length => (long)length).SequenceEqual(array.Shape))
                    throw new UsageException(
                        $"'{name}' is [{string.Join(", ", array.Shape)}], and the model takes {inputs[name].Description}.");
                if (array.Type == ElementType.String) array.Text.CopyTo(inputs.GetText(name).Span);
                else array.Bytes.CopyTo(inputs.BytesOf(name));
            }

            return inputs;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    /// <summary>The outputs, as arrays.</summary>
    public static List<(string Name, NpyArray Array)> ArraysOf(UntypedOutputs outputs)
    {
        var arrays = new List<(string, NpyArray)>();
        foreach (var tensor in outputs.Tensors)
        {
            var (name, type) = (tensor.Name, outputs.ElementTypeOf(tensor.Name));
            long[] shape = [.. tensor.Lengths.ToArray().Select(length => (long)length)];
            arrays.Add((name, type == ElementType.String
                ? new(type, shape, []) { Text = outputs.GetText(name).Span.ToArray() }
                : new(type, shape, outputs.BytesOf(name).ToArray())));
        }

        return arrays;
    }

    /// <summary>Writes outputs to what <c>--output</c> names.</summary>
    /// <returns>The file of each output that was written.</returns>
    /// <exception cref="UsageException">The option names no output, or a file of another kind.</exception>
    public static Dictionary<string, string> Write(string[] options, List<(string Name, NpyArray Array)> arrays)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        // All are checked before the first is written.
        var plan = options.Select(option => Plan(option, arrays)).ToArray();
        foreach (var (path, written) in plan)
        {
            if (ArrayFiles.IsSeveral(path)) ArrayFiles.WriteSeveral(path, written);
            else ArrayFiles.WriteOne(path, written[0].Array);
            foreach (var (name, _) in written) files[name] = path;
        }

        return files;
    }

    private static (string Path, List<(string Name, NpyArray Array)> Written) Plan(
        string option, List<(string Name, NpyArray Array)> arrays)
    {
        var at = option.LastIndexOf('=');
        var (name, path) = at < 0 ? (null, option) : (option[..at], option[(at + 1)..]);
        if (name is not null)
        {
            var found = arrays.Where(array => array.Name == name).ToList();
            if (found.Count == 0)
                throw new UsageException(
                    $"--output names '{name}', and the outputs are {string.Join(", ", arrays.Select(one => one.Name))}.");
            if (!ArrayFiles.IsOne(path)) throw new UsageException($"--output is '{option}', and the file must end with .npy.");
            return (path, found);
        }

        if (ArrayFiles.IsSeveral(path)) return (path, arrays);
        if (!ArrayFiles.IsOne(path))
            throw new UsageException($"--output is '{option}', and the file must end with .npy or .npz.");
        return arrays.Count == 1 ? (path, arrays)
            : throw new UsageException($"The model has {arrays.Count} outputs: write them to a .npz, or one as NAME=FILE.npy.");
    }

    private static void Add(Dictionary<string, NpyArray> arrays, string name, NpyArray array)
    {
        if (!arrays.TryAdd(name, array)) throw new UsageException($"--input gives '{name}' twice.");
    }

    private static void Check(ModelSignature signature, string name, NpyArray array)
    {
        var input = signature.Inputs.Concat(signature.OptionalInputs).FirstOrDefault(one => one.Name == name)
            ?? throw new UsageException($"The model has no input '{name}'; it has {string.Join(", ", signature.Inputs)}.");
        if (input.ElementType != array.Type)
            throw new UsageException($"'{name}' is {array}, and the model takes {input}. Save it as that type.");
    }
}
