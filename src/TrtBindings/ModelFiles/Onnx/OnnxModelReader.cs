using TrtBindings.ModelFiles.Onnx;

namespace TrtBindings;

/// <summary>Reads the description of a model from an .onnx file without reading the weights.</summary>
public static class OnnxModelReader
{
    private const uint IrVersion = (1 << 3) | WireType.Varint;
    private const uint ProducerName = (2 << 3) | WireType.Bytes;
    private const uint ProducerVersion = (3 << 3) | WireType.Bytes;
    private const uint Domain = (4 << 3) | WireType.Bytes;
    private const uint ModelVersion = (5 << 3) | WireType.Varint;
    private const uint Documentation = (6 << 3) | WireType.Bytes;
    private const uint Graph = (7 << 3) | WireType.Bytes;
    private const uint OpsetImport = (8 << 3) | WireType.Bytes;
    private const uint MetadataProps = (14 << 3) | WireType.Bytes;
    private const uint TrainingInfo = (20 << 3) | WireType.Bytes;
    private const uint Functions = (25 << 3) | WireType.Bytes;

    /// <summary>
    /// Reads the description of the model in a stream. It seeks over weights, so the cost depends on the number of nodes and
    /// tensors and not on the size of the file. A <see cref="FileStream"/> needs no buffer (<c>bufferSize: 1</c>).
    /// </summary>
    /// <param name="stream">A seekable stream. It is read from its first byte, whatever its position, and stays open.</param>
    /// <exception cref="OnnxFormatException">The bytes are not a valid ONNX model.</exception>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public static ModelDescription Read(Stream stream)
    {
        if (stream is null) throw new ArgumentNullException(nameof(stream));
        if (!stream.CanSeek) throw new ArgumentException("The stream must be seekable.", nameof(stream));

        try
        {
            return ReadModel(new ProtobufReader(stream));
        }
        catch (OnnxFormatException defect)
        {
            var reason = ForeignFile.Recognize(stream);
            if (reason is null) throw;
            throw new OnnxFormatException(reason, 0, defect);
        }
    }

    private static ModelDescription ReadModel(ProtobufReader reader)
    {
        var model = new ModelTally();
        var hasGraph = false;
        uint tag;
        while ((tag = reader.ReadTag()) != 0)
        {
            switch (tag)
            {
                case IrVersion: model.IrVersion = reader.ReadVarint(); break;
                case ProducerName: model.ProducerName = reader.ReadText(); break;
                case ProducerVersion: model.ProducerVersion = reader.ReadText(); break;
                case Domain: model.Domain = reader.ReadText(); break;
                case ModelVersion: model.ModelVersion = reader.ReadVarint(); break;
                case Documentation: model.Documentation = reader.ReadText(); break;
                case Graph:
                    hasGraph = true;
                    GraphReader.ReadMain(reader, model);
                    break;
                case OpsetImport: ModelEntryReader.ReadOpset(reader, model); break;
                case MetadataProps: ModelEntryReader.ReadMetadata(reader, model); break;
                case TrainingInfo:
                    // Inference runtimes ignore training graphs, so their operators and files are not counted.
                    model.TrainingInfoCount = reader.Count(
                        model.TrainingInfoCount, OnnxLimits.Entries, "training infos");
                    reader.Skip();
                    break;
                case Functions: FunctionReader.Read(reader, model); break;
                default: reader.Skip(); break;
            }
        }

        if (!hasGraph)
            throw reader.Error("has no graph: it is not an ONNX model, or it is cut short", reader.Position);
        return model.ToDescription();
    }
}
