#include "graph.h"
#include <iomanip>
#include <sstream>

namespace
{
std::vector<std::string> split(std::string const& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream stream(text);
    std::string part;
    while (std::getline(stream, part, separator)) parts.push_back(part);
    return parts;
}

// A name is one word of the text: other characters are written as % and two hexadecimal digits.
std::string word(std::string const& text)
{
    static char const digits[] = "0123456789ABCDEF";
    std::string result;
    for (unsigned char letter : text)
    {
        if (letter > ' ' && strchr("%,/=", letter) == nullptr) result += static_cast<char>(letter);
        else result += {'%', digits[letter >> 4], digits[letter & 15]};
    }

    return result.empty() ? "%" : result;
}

std::string name(std::string const& word)
{
    std::string result;
    for (size_t i = 0; i < word.size(); i++)
        if (word[i] != '%') result += word[i];
        else if (i + 2 < word.size())
        {
            result += static_cast<char>(std::stoi(word.substr(i + 1, 2), nullptr, 16));
            i += 2;
        }

    return result;
}

// "-" means no dimensions; a symbol is a dynamic dimension.
bool parseDims(std::string const& text, Dims& dims, std::vector<std::string>* symbols)
{
    dims = {};
    if (text == "-") return true;
    for (auto const& part : split(text, ','))
    {
        if (dims.nbDims == 8) return false;
        bool const number = part.find_first_not_of("-0123456789") == std::string::npos;
        if (!number && symbols == nullptr) return false;
        dims.d[dims.nbDims++] = number ? std::stoll(part) : -1;
        if (symbols != nullptr) symbols->push_back(number ? "" : name(part));
    }

    return true;
}

std::string formatDims(Dims const& dims, std::vector<std::string> const* symbols = nullptr)
{
    if (dims.nbDims == 0) return "-";
    std::string text;
    for (int32_t i = 0; i < dims.nbDims; i++)
    {
        bool const named = symbols != nullptr && !(*symbols)[i].empty() && dims.d[i] < 0;
        text += (i > 0 ? "," : "") + (named ? word((*symbols)[i]) : std::to_string(dims.d[i]));
    }

    return text;
}

bool parseProfile(std::istringstream& words, Profile& profile)
{
    std::string entry;
    while (words >> entry)
    {
        auto const equals = entry.rfind('=');
        if (equals == std::string::npos) return false;
        auto const parts = split(entry.substr(equals + 1), '/');
        Range range;
        if (parts.size() != 3 || !parseDims(parts[0], range.min, nullptr) || !parseDims(parts[1], range.opt, nullptr)
            || !parseDims(parts[2], range.max, nullptr))
            return false;
        profile[name(entry.substr(0, equals))] = range;
    }

    return true;
}

bool parseWeights(std::istringstream& words, Tensor& tensor)
{
    std::string dims;
    if (!(words >> tensor.name >> dims) || !parseDims(dims, tensor.dims, &tensor.symbols)) return false;
    tensor.name = name(tensor.name);
    std::string value;
    while (words >> value)
    {
        if (value == "stripped")
        {
            tensor.stripped = true;
            return true;
        }

        float const number = std::stof(value);
        auto const* bytes = reinterpret_cast<unsigned char const*>(&number);
        tensor.values.insert(tensor.values.end(), bytes, bytes + sizeof(number));
    }

    return static_cast<int64_t>(tensor.values.size()) == volume(tensor.dims) * 4;
}

bool parseLine(std::string const& line, Graph& graph)
{
    std::istringstream words(line);
    std::string kind;
    if (!(words >> kind)) return true;
    if (kind == "engine")
    {
        if (!(words >> graph.name)) return false;
        graph.name = name(graph.name);
        return true;
    }

    if (kind == "refittable") return graph.refittable = true;
    if (kind == "versionCompatible") return graph.versionCompatible = true;
    if (kind == "harm") return static_cast<bool>(words >> graph.harm);
    if (kind == "verbosity") return static_cast<bool>(words >> graph.verbosity);
    if (kind == "defect")
    {
        std::string defect;
        return words >> defect && words >> graph.defects[name(defect)];
    }

    if (kind == "typed")
    {
        std::string node;
        int32_t type = 0;
        if (!(words >> node >> type)) return false;
        for (auto& one : graph.nodes)
            if (one.name == name(node)) one.type = type;
        return true;
    }

    if (kind == "input" || kind == "shapeInput")
    {
        Tensor tensor;
        tensor.decidesShapes = kind == "shapeInput";
        std::string dims;
        if (!(words >> tensor.name >> tensor.type >> dims) || !parseDims(dims, tensor.dims, &tensor.symbols)) return false;
        tensor.name = name(tensor.name);
        graph.inputs.push_back(tensor);
        return true;
    }

    if (kind == "weights")
    {
        Tensor tensor;
        if (!parseWeights(words, tensor)) return false;
        graph.weights.push_back(tensor);
        return true;
    }

    if (kind == "node")
    {
        Node node;
        if (!(words >> node.op >> node.name >> node.output)) return false;
        for (std::string input; words >> input;) node.inputs.push_back(name(input));
        node.name = name(node.name);
        node.output = name(node.output);
        graph.nodes.push_back(node);
        bool const pair = node.op == "Add" || node.op == "Sub" || node.op == "Mul" || node.op == "Expand" || node.op == "Pick";
        return node.inputs.size() == (pair ? 2u : 1u);
    }

    if (kind == "output")
    {
        std::string output;
        if (!(words >> output)) return false;
        graph.outputs.push_back(name(output));
        return true;
    }

    if (kind != "profile") return false;
    graph.profiles.emplace_back();
    return parseProfile(words, graph.profiles.back());
}
}

bool parseGraph(std::string const& text, Graph& graph, std::string& error)
{
    for (auto const& line : split(text, '\n'))
    {
        bool fine = false;
        try
        {
            fine = parseLine(line, graph);
        }
        catch (std::exception const&)
        {
            fine = false;
        }

        if (!fine)
        {
            error = line;
            return false;
        }
    }

    return true;
}

std::string formatGraph(Graph const& graph)
{
    std::ostringstream text;
    text.precision(9);
    text << "engine " << word(graph.name) << '\n';
    if (graph.refittable) text << "refittable\n";
    if (graph.versionCompatible) text << "versionCompatible\n";
    if (!graph.harm.empty()) text << "harm " << graph.harm << '\n';
    if (graph.verbosity != 0) text << "verbosity " << graph.verbosity << '\n';
    for (auto const& defect : graph.defects) text << "defect " << word(defect.first) << ' ' << defect.second << '\n';
    for (auto const& input : graph.inputs)
        text << (input.decidesShapes ? "shapeInput " : "input ") << word(input.name) << ' ' << input.type << ' '
             << formatDims(input.dims, &input.symbols) << '\n';
    for (auto const& constant : graph.weights)
    {
        text << "weights " << word(constant.name) << ' ' << formatDims(constant.dims);
        if (constant.stripped) text << " stripped";
        else
            for (size_t i = 0; i < constant.values.size() / 4; i++)
                // As wide as the word for missing values, so that an engine with weights is larger, like a real one.
                text << ' ' << std::setw(16) << reinterpret_cast<float const*>(constant.values.data())[i];
        text << '\n';
    }

    for (auto const& node : graph.nodes)
    {
        text << "node " << node.op << ' ' << word(node.name) << ' ' << word(node.output);
        for (auto const& input : node.inputs) text << ' ' << word(input);
        text << '\n';
    }

    for (auto const& node : graph.nodes)
        if (node.type != kFloat) text << "typed " << word(node.name) << ' ' << node.type << '\n';
    for (auto const& output : graph.outputs) text << "output " << word(output) << '\n';
    for (auto const& profile : graph.profiles)
    {
        text << "profile";
        for (auto const& entry : profile)
            text << ' ' << word(entry.first) << '=' << formatDims(entry.second.min) << '/' << formatDims(entry.second.opt) << '/'
                 << formatDims(entry.second.max);
        text << '\n';
    }

    return text.str();
}
