using System.Diagnostics.Tracing;
using TrtBindings.OnnxRuntime;
using TrtBindings.TestSupport;
using TrtBindings.Tests.Backends;

namespace TrtBindings.Tests.Interop;

public sealed class OrtHandleTests
{
    [Fact]
    public void A_binding_keeps_its_session_alive_and_lets_it_go()
    {
        var library = OrtLibrary.Load(null);
        using var options = new OrtSettings(0, 0, 99, null).ToSessionOptions();
        var session = OrtSession.Load(library, null, TestModels.Identity(), options);
        var binding = new OrtIo(session);
        session.Dispose();
        session.IsClosed.ShouldBeFalse();
        binding.BindOutputToHost("y");
        binding.Dispose();
        session.IsClosed.ShouldBeTrue();
        Should.Throw<ObjectDisposedException>(() => new OrtIo(session));
    }

    [Fact]
    public void A_failed_call_gives_code_function_and_text()
    {
        var library = OrtLibrary.Load(null);
        using var options = new OrtSettings(0, 0, 99, null).ToSessionOptions();
        var error = Should.Throw<OnnxRuntimeException>(
            () => OrtSession.Load(library, null, "no model"u8.ToArray(), options));
        error.Function.ShouldBe("CreateSessionFromArray");
        error.ErrorCode.ShouldBe(OnnxRuntimeErrorCode.InvalidProtobuf);
        error.RuntimeMessage.ShouldNotBeEmpty();
        error.Message.ShouldContain(error.RuntimeMessage);
    }

    [Fact]
    public void What_the_runtime_logs_arrives_as_events()
    {
        using var listener = new Listener();
        using var model = UntypedModel.Load(TestModels.Gather());
        using var inputs = model.CreateInputs();
        using var outputs = model.CreateOutputs();
        inputs.Get<long>(1).Span[0] = 4711;
        Should.Throw<OnnxRuntimeException>(() => model.Run(inputs, outputs));
        listener.Texts.ShouldContain(text => text.Contains("4711"));
    }

    private sealed class Listener : EventListener
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _texts = new();

        public IEnumerable<string> Texts => _texts;

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == OrtLog.SourceName) EnableEvents(source, EventLevel.Warning);
        }

        protected override void OnEventWritten(EventWrittenEventArgs data) => _texts?.Enqueue((string)data.Payload![1]!);
    }
}
