#pragma once
#include "graph.h"
#include <memory>

// One run. Everything that it needs is copied at enqueue, like in the real library, so later changes of the context do not affect
// queued work. Only the tensor contents are read when the stream executes it.
struct Job
{
    struct Place
    {
        std::string name;
        int32_t type;
        Dims dims;
        void* address;
    };

    std::shared_ptr<Graph const> graph;
    int32_t profile = 0;
    std::vector<Place> inputs;
    std::vector<Place> outputs;

    bool evaluate(std::map<std::string, Value>& values, std::string& error) const;
    void run() const;
};
