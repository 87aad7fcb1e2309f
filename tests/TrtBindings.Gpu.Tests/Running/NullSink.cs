using Xunit.Abstractions;

namespace TrtBindings.Gpu.Tests.Running;

/// <summary>Takes the engine's own messages, which say nothing about a test.</summary>
internal sealed class NullSink : LongLivedMarshalByRefObject, IMessageSink
{
    public bool OnMessage(IMessageSinkMessage message) => true;
}
