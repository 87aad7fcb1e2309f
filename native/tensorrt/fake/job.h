#pragma once
#include "graph.h"
#include <memory>

// One run: everything that it needs is copied at enqueue, as the real library does, so that later changes to the context do not
// reach work that is already queued. Only the contents of the tensors are read when the stream comes to it.
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
    std::vector<Place> inputs;
    std::vector<Place> outputs;

    bool evaluate(std::map<std::string, Value>& values, std::string& error) const;
    void run() const;
};
