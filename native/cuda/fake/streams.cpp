// Streams and events: each stream has a thread that runs its work with a delay.
#include "state.h"

#include <chrono>

namespace {

// Time on the stream that runs the work, or that the event is recorded on.
double now() { return running() ? running()->clock / 1000 : 0; }

void work(Stream* stream) {
    State& s = state();
    running() = stream;
    Lock lock(s.gate);
    while (true) {
        stream->wake.wait(lock, [&] {
            if (stream->queue.empty()) return stream->ending;
            return !s.hold || s.waiters > 0 || stream->ending;
        });
        if (stream->queue.empty()) break;
        Op op = std::move(stream->queue.front());
        stream->queue.pop_front();
        stream->busy = true;
        stream->clock += timeOfWork();
        const int delay = s.delay;
        lock.unlock();
        if (delay > 0) std::this_thread::sleep_for(std::chrono::microseconds(delay));
        if (stream->context->sticky == Success) op();
        op = nullptr;
        lock.lock();
        stream->busy = false;
        s.changed.notify_all();
    }
    stream->context->ending--;
    s.changed.notify_all();
    delete stream;
}

Result find(Event* event, Context* context) {
    if (!state().events.count(event)) return InvalidHandle;
    return event->context == context ? Success : InvalidHandle;
}

}  // namespace

void reach(Event* event, uint64_t number) {
    event->pending.erase(number);
    if (number == event->recorded) event->milliseconds = now();
    state().changed.notify_all();
}

double timeOfWork() { return state().delay > 0 ? state().delay : 1; }

FAKE_EXPORT Result cuStreamCreateWithPriority(Stream** made, unsigned flags, int) {
    ENTER("cuStreamCreateWithPriority");
    Lock lock(state().gate);
    auto* stream = new Stream;
    stream->context = context;
    stream->flags = flags;
    state().streams.insert(stream);
    std::thread(work, stream).detach();
    *made = stream;
    return Success;
}

FAKE_EXPORT Result cuStreamCreate(Stream** made, unsigned flags) { return cuStreamCreateWithPriority(made, flags, 0); }

FAKE_EXPORT Result cuStreamDestroy_v2(Stream* stream) {
    ENTER("cuStreamDestroy");
    Lock lock(state().gate);
    if (!state().streams.erase(stream)) return InvalidHandle;
    context = stream->context;
    // Queued work still runs, held or not. Then the worker frees the stream.
    stream->ending = true;
    context->ending++;
    stream->wake.notify_all();
    state().changed.notify_all();
    return Success;
}

FAKE_EXPORT Result cuStreamSynchronize(Stream* stream) {
    ENTER("cuStreamSynchronize");
    Lock lock(state().gate);
    if (Result found = ::find(stream, context); found != Success) return found;
    if (stream->origin) {
        stream->origin->spoiled = true;
        return CaptureUnsupported;
    }
    drain(lock, stream);
    return Result(context->sticky.load());
}

FAKE_EXPORT Result cuStreamQuery(Stream* stream) {
    ENTER("cuStreamQuery");
    Lock lock(state().gate);
    if (Result found = ::find(stream, context); found != Success) return found;
    if (stream->origin) {
        stream->origin->spoiled = true;
        return CaptureUnsupported;
    }
    return stream->queue.empty() && !stream->busy ? Success : NotReady;
}

FAKE_EXPORT Result cuStreamGetCtx(Stream* stream, Context** found) {
    if (Result entered = enter("cuStreamGetCtx"); entered != Success) return entered;
    Lock lock(state().gate);
    if (!state().streams.count(stream)) return InvalidHandle;
    *found = stream->context;
    return Success;
}

FAKE_EXPORT Result cuStreamGetFlags(Stream* stream, unsigned* flags) {
    ENTER("cuStreamGetFlags");
    Lock lock(state().gate);
    if (Result found = ::find(stream, context); found != Success) return found;
    *flags = stream->flags;
    return Success;
}

FAKE_EXPORT Result cuLaunchHostFunc(Stream* stream, void (*call)(void*), void* data) {
    ENTER("cuLaunchHostFunc");
    Lock lock(state().gate);
    return submit(stream, context, [=] {
        inCallback() = true;
        call(data);
        inCallback() = false;
    });
}

FAKE_EXPORT Result cuStreamWaitEvent(Stream* stream, Event* event, unsigned flags) {
    ENTER("cuStreamWaitEvent");
    Lock lock(state().gate);
    if (!state().events.count(event)) return InvalidHandle;
    if (flags == 1) {
        // A node of the graph, which waits at each launch for what is recorded then.
        if (Result found = ::find(stream, context); found != Success) return found;
        if (!stream->origin) return InvalidValue;
        return submit(stream, context, [=] {
            Lock inner(state().gate);
            state().changed.wait(inner, [&] {
                return !state().events.count(event) || event->isReached() || context->sticky != Success;
            });
        });
    }
    // An event that no capture recorded cannot be waited for in one.
    if (stream->origin && !event->captured && state().streams.count(stream)) {
        stream->origin->spoiled = true;
        return CaptureIsolation;
    }
    if (event->captured && state().streams.count(event->captured)) {
        // Waiting for an event of a capture adds this stream to the capture. The order of the calls is a valid order.
        if (Result found = ::find(stream, context); found != Success) return found;
        if (!stream->origin) stream->origin = event->captured;
        return Success;
    }
    const uint64_t wanted = event->recorded;
    return submit(stream, context, [=] {
        Lock inner(state().gate);
        state().changed.wait(inner, [&] {
            return !state().events.count(event) || !event->pending.count(wanted) || context->sticky != Success;
        });
    });
}

FAKE_EXPORT Result cuEventCreate(Event** made, unsigned) {
    ENTER("cuEventCreate");
    Lock lock(state().gate);
    *made = new Event{context};
    state().events.insert(*made);
    return Success;
}

FAKE_EXPORT Result cuEventDestroy_v2(Event* event) {
    ENTER("cuEventDestroy");
    Lock lock(state().gate);
    if (!state().events.erase(event)) return InvalidHandle;
    // A queued record still looks up the event, so its memory is kept.
    state().changed.notify_all();
    return Success;
}

FAKE_EXPORT Result cuEventRecord(Event* event, Stream* stream) {
    ENTER("cuEventRecord");
    Lock lock(state().gate);
    if (Result found = find(event, context); found != Success) return found;
    if (Result found = ::find(stream, context); found != Success) return found;
    event->captured = stream->origin;
    if (stream->origin) return Success;
    const uint64_t number = event->begin();
    const Result queued = submit(stream, context, [=] {
        Lock inner(state().gate);
        reach(event, number);
    });
    if (queued != Success) event->pending.erase(number);
    return queued;
}

FAKE_EXPORT Result cuEventRecordWithFlags(Event* event, Stream* stream, unsigned flags) {
    if (flags == 0) return cuEventRecord(event, stream);
    ENTER("cuEventRecordWithFlags");
    Lock lock(state().gate);
    if (Result found = find(event, context); found != Success) return found;
    if (Result found = ::find(stream, context); found != Success) return found;
    if (flags != 1 || !stream->origin) return InvalidValue;
    if (Result added = submit(stream, context, nullptr); added != Success) return added;
    stream->origin->graph->nodes.back().records = event;
    return Success;
}

FAKE_EXPORT Result cuEventQuery(Event* event) {
    ENTER("cuEventQuery");
    Lock lock(state().gate);
    if (Result found = find(event, context); found != Success) return found;
    return event->isReached() ? Success : NotReady;
}

FAKE_EXPORT Result cuEventSynchronize(Event* event) {
    ENTER("cuEventSynchronize");
    State& s = state();
    Lock lock(s.gate);
    if (Result found = find(event, context); found != Success) return found;
    s.waiters++;
    for (auto* each : s.streams) each->wake.notify_all();
    s.changed.wait(lock, [&] { return event->isReached() || context->sticky != Success; });
    s.waiters--;
    return Result(context->sticky.load());
}

FAKE_EXPORT Result cuEventElapsedTime(float* milliseconds, Event* start, Event* end) {
    ENTER("cuEventElapsedTime");
    Lock lock(state().gate);
    if (find(start, context) != Success || find(end, context) != Success) return InvalidHandle;
    if (!start->recorded || !end->recorded) return InvalidHandle;
    if (!start->isReached() || !end->isReached()) return NotReady;
    *milliseconds = float(end->milliseconds - start->milliseconds);
    return Success;
}
