#include "objects.h"

// The first 28 bytes have the layout of a real plan (letters, layout, length, version), for code that reads the header of a file.
// The rest is the stand-in's own: a tag, its version number, a check sum, the text.
namespace
{
struct Head
{
    char letters[8];
    uint64_t layout;
    uint64_t length;
    uint8_t version[4];
    char tag[4];
    uint64_t serialization;
    uint64_t checkSum;
};

static_assert(sizeof(Head) == 48);

// The real library has such a number too and opens only plans with the same one.
constexpr uint64_t kSerialization = FAKE_MAJOR * 100 + FAKE_MINOR;

uint64_t checkSumOf(std::string const& text)
{
    uint64_t sum = 14695981039346656037ull;
    for (unsigned char letter : text) sum = (sum ^ letter) * 1099511628211ull;
    return sum;
}
}

std::string encodePlan(Graph const& graph, size_t padding)
{
    auto const text = formatGraph(graph) + std::string(padding, '\n');
    Head head = {};
    memcpy(head.letters, "ftrt", 4);
    memcpy(head.tag, "FAKE", 4);
    head.layout = 2;
    head.length = sizeof(Head) + text.size();
    uint8_t const version[4] = {FAKE_MAJOR, FAKE_MINOR, FAKE_PATCH, FAKE_BUILD};
    memcpy(head.version, version, 4);
    head.serialization = kSerialization;
    head.checkSum = checkSumOf(text);
    return std::string(reinterpret_cast<char const*>(&head), sizeof(head)) + text;
}

bool decodePlan(void const* data, size_t size, Graph& graph, std::string& error)
{
    Head head = {};
    if (size >= sizeof(head)) memcpy(&head, data, sizeof(head));
    if (size < sizeof(head) || memcmp(head.letters, "ftrt", 4) != 0 || memcmp(head.tag, "FAKE", 4) != 0)
    {
        error = "Serialization assertion magicTagRead == kMAGIC_TAG failed.Magic tag does not match";
        return false;
    }

    if (head.serialization != kSerialization)
    {
        error = "Serialization assertion stdVersionRead == kSERIALIZATION_VERSION failed.Version tag does not match. "
                "Note: Current Version: " + std::to_string(kSerialization)
            + ", Serialized Engine Version: " + std::to_string(head.serialization);
        return false;
    }

    if (head.length != size)
    {
        error = "Serialized engine has " + std::to_string(size) + " bytes, expected " + std::to_string(head.length);
        return false;
    }

    std::string const text(static_cast<char const*>(data) + sizeof(head), size - sizeof(head));
    if (checkSumOf(text) != head.checkSum)
    {
        error = "Serialization assertion checksum failed";
        return false;
    }

    return parseGraph(text, graph, error);
}

EXPORT uint64_t fake_trt_make_plan(char const* text, void* buffer, uint64_t capacity)
{
    Graph graph;
    std::string error;
    if (!parseGraph(text, graph, error)) return 0;
    auto const plan = encodePlan(graph);
    if (buffer != nullptr && capacity >= plan.size()) memcpy(buffer, plan.data(), plan.size());
    return plan.size();
}
