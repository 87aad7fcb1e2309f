// Captures and graphs: queued work is stored as a list, in the order of the calls.
#include "state.h"

FAKE_EXPORT Result cuStreamBeginCapture_v2(Stream* stream, int mode) {
    ENTER("cuStreamBeginCapture");
    Lock lock(state().gate);
    if (Result found = find(stream, context); found != Success) return found;
    if (stream->origin || mode < 0 || mode > 2) return InvalidValue;
    stream->origin = stream;
    stream->graph = new Graph;
    stream->mode = mode;
    stream->spoiled = false;
    stream->capturer = std::this_thread::get_id();
    return Success;
}

FAKE_EXPORT Result cuStreamEndCapture(Stream* stream, Graph** made) {
    ENTER("cuStreamEndCapture");
    Lock lock(state().gate);
    *made = nullptr;
    if (Result found = find(stream, context); found != Success) return found;
    if (!stream->origin) return InvalidValue;
    if (stream->origin != stream) return CaptureUnmatched;
    if (stream->mode != 2 && stream->capturer != std::this_thread::get_id()) return CaptureWrongThread;
    Graph* graph = stream->graph;
    const bool spoiled = stream->spoiled;
    for (auto* each : state().streams)
        if (each != stream && each->origin == stream) each->origin = nullptr;
    for (auto* event : state().events)
        if (event->captured == stream) event->captured = nullptr;
    stream->origin = nullptr;
    stream->graph = nullptr;
    if (spoiled) {
        delete graph;
        return CaptureInvalidated;
    }
    if (state().emptyCaptures > 0) {
        state().emptyCaptures--;
        graph->nodes.clear();
    }
    state().graphs.insert(graph);
    *made = graph;
    return Success;
}

FAKE_EXPORT Result cuStreamIsCapturing(Stream* stream, int* status) {
    ENTER("cuStreamIsCapturing");
    Lock lock(state().gate);
    if (Result found = find(stream, context); found != Success) return found;
    *status = !stream->origin ? 0 : stream->origin->spoiled ? 2 : 1;
    return Success;
}

FAKE_EXPORT Result cuGraphGetNodes(Graph* graph, void** nodes, size_t* count) {
    if (Result entered = enter("cuGraphGetNodes"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().graphs.count(graph)) return InvalidValue;
    if (nodes) return NotSupported;
    *count = graph->nodes.size();
    return Success;
}

FAKE_EXPORT Result cuGraphDestroy(Graph* graph) {
    if (Result entered = enter("cuGraphDestroy"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().graphs.erase(graph)) return InvalidValue;
    delete graph;
    return Success;
}

FAKE_EXPORT Result cuGraphInstantiateWithFlags(Exec** made, Graph* graph, unsigned long long) {
    ENTER("cuGraphInstantiateWithFlags");
    Lock lock(state().gate);
    if (!state().graphs.count(graph)) return InvalidValue;
    *made = new Exec{context, std::make_shared<std::vector<Node>>(graph->nodes)};
    state().execs.insert(*made);
    return Success;
}

FAKE_EXPORT Result cuGraphLaunch(Exec* exec, Stream* stream) {
    ENTER("cuGraphLaunch");
    Lock lock(state().gate);
    if (!state().execs.count(exec) || exec->context != context) return InvalidValue;
    if (Result found = find(stream, context); found != Success) return found;
    auto nodes = exec->nodes;
    const int what = state().replay;
    const size_t left = what == ReplayNothing ? nodes->size() : what == ReplayNotTheLast && !nodes->empty() ? 1 : 0;
    const size_t count = nodes->size() - left;
    // Who waits for an event from now on waits for this launch.
    std::vector<uint64_t> numbers(count);
    for (size_t i = 0; i < count && !stream->origin; i++)
        if (Event* event = (*nodes)[i].records; event && state().events.count(event)) numbers[i] = event->begin();
    const double time = state().replayMicroseconds < 0 ? timeOfWork() : state().replayMicroseconds;
    return submit(stream, context, [=] {
        // The worker has already counted the launch as one piece of work.
        Stream* own = running();
        if (own) own->clock += time - timeOfWork();
        const double end = own ? own->clock : 0;
        for (size_t i = 0; i < count; i++) {
            if (own) own->clock = end - time * double(nodes->size() - i) / double(nodes->size());
            if (context->sticky != Success) continue;
            if (Event* event = (*nodes)[i].records) {
                Lock inner(state().gate);
                if (numbers[i]) reach(event, numbers[i]);
            } else {
                (*nodes)[i].op();
            }
        }
        if (own) own->clock = end;
    });
}

FAKE_EXPORT Result cuGraphExecDestroy(Exec* exec) {
    if (Result entered = enter("cuGraphExecDestroy"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().execs.erase(exec)) return InvalidValue;
    delete exec;
    return Success;
}
