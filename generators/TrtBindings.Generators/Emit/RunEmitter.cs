namespace TrtBindings.Generators;

/// <summary>Writes the methods that run a model.</summary>
internal static class RunEmitter
{
    private const string Cancellation = "global::System.Threading.CancellationToken cancellationToken = default";

    public static void Emit(CodeWriter writer)
    {
        Head(writer, "Runs once, and allocates nothing after the first run with the same inputs and outputs. The outputs' "
            + "shapes are those that the backend reports.", "Ends the run early, as far as the backend can.");
        writer.Line($"public void Run(Inputs inputs, Outputs outputs, {Cancellation}) =>");
        using (writer.Indented()) writer.Line("RunCore(inputs, outputs, cancellationToken);");
        Head(writer, "As <c>Run</c>, without a thread that waits for the GPU. Inputs and outputs are in use until the task is "
            + "complete, and the task fails with what <c>Run</c> throws.", "On a GPU, heard until the run is queued.");
        writer.Line($"public global::System.Threading.Tasks.Task RunAsync(Inputs inputs, Outputs outputs, {Cancellation}) =>");
        using (writer.Indented()) writer.Line("RunAsyncCore(inputs, outputs, cancellationToken);");
    }

    private static void Head(CodeWriter writer, string summary, string cancellation)
    {
        writer.Gap();
        writer.Doc($"<summary>{summary}</summary>");
        writer.Doc("<param name=\"inputs\">What goes in.</param>");
        writer.Doc("<param name=\"outputs\">What comes out; unchanged if the run fails.</param>");
        writer.Doc($"<param name=\"cancellationToken\">{cancellation}</param>");
        writer.Doc("<exception cref=\"global::TrtBindings.TensorException\">The inputs hold more than the outputs were "
            + "allocated for.</exception>");
        writer.Doc("<exception cref=\"global::TrtBindings.TensorsInUseException\">Another run is using the inputs or the "
            + "outputs.</exception>");
        writer.Doc("<exception cref=\"global::System.OperationCanceledException\">The token was cancelled.</exception>");
    }
}
