using System.CommandLine;
using TrtBindings.Generators.Input;
using TrtBindings.Vision;

namespace TrtBindings.Cli.Models;

/// <summary>The options of commands that give pictures to a model: its family, thresholds, and how pictures are
/// prepared.</summary>
internal sealed class VisionOptionSet
{
    private readonly Option<string?> _family = new("--family")
    {
        Description = "The model's family or head, where the file does not tell it.", HelpName = "NAME",
    };

    private readonly Option<float?> _confidence = new("--confidence")
    {
        Description = "Least score of an object, 0 to 1.", HelpName = "SCORE", CustomParser = OptionValues.Number<float>,
    };

    private readonly Option<float?> _iou = new("--iou")
    {
        Description = "Overlap, 0 to 1, beyond which the lesser of two boxes is dropped.", HelpName = "SHARE",
        CustomParser = OptionValues.Number<float>,
    };

    private readonly Option<int?> _most = new("--max")
    {
        Description = "The most objects or classes of a picture.", HelpName = "N",
    };

    private readonly Option<string?> _size = new("--size")
    {
        Description = "Size of the input for a model of dynamic size, such as 640x480.", HelpName = "WIDTHxHEIGHT",
    };

    private readonly Option<string?> _prepare = new("--prepare")
    {
        Description = "How pictures are prepared, where the metadata does not say it: "
            + $"{string.Join(", ", PicturePresets.Names)}.",
        HelpName = "NAME",
    };

    /// <summary>The options, with the words that they take.</summary>
    public VisionOptionSet()
    {
        _family.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, ItemWords.Tasks);
        _prepare.CompletionSources.Add([.. PicturePresets.Names]);
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_confidence, _iou, _most]) command.Options.Add(option);
        AddPreparationTo(command);
    }

    /// <summary>Adds those that say how pictures are prepared.</summary>
    public void AddPreparationTo(Command command)
    {
        foreach (var option in (Option[])[_family, _size, _prepare]) command.Options.Add(option);
    }

    /// <summary>The family that the command line names.</summary>
    public string? Family(ParseResult arguments) => arguments.GetValue(_family);

    /// <summary>Names of the options on the command line that say how pictures are prepared.</summary>
    public IEnumerable<string> Preparation(ParseResult arguments) =>
        from option in (Option[])[_family, _size, _prepare] where arguments.GetResult(option) is not null select option.Name;

    /// <summary>Makes the engine of the model's family.</summary>
    /// <exception cref="ModelFamilyException">The model is of no family.</exception>
    /// <exception cref="UsageException">An option cannot be used.</exception>
    public VisionEngine CreateEngine(ParseResult arguments, IRunnableModel model)
    {
        var family = ModelFamily.Of(model.Description, arguments.GetValue(_family));
        var options = new VisionEngineOptions
        {
            Confidence = arguments.GetValue(_confidence),
            Iou = arguments.GetValue(_iou),
            MaxResults = arguments.GetValue(_most),
        };
        if (arguments.GetValue(_size) is { } size)
        {
            if (!ModelSizes.TryShape(size, out var sides) || sides is not [> 0 and <= 65_536, > 0 and <= 65_536])
                throw new UsageException($"--size is '{size}', and is written as 640x480.");
            (options.InputWidth, options.InputHeight) = ((int)sides[0], (int)sides[1]);
        }

        if (arguments.GetValue(_prepare) is { } name) PicturePresets.Apply(name, family, options);
        try
        {
            return family.CreateEngine(model, options);
        }
        catch (TensorException e) when (arguments.GetValue(_prepare) is null && PicturePresets.NamesFor(family).Count > 0)
        {
            throw new UsageException($"{e.Message} Here, --prepare says it: one of "
                + $"{string.Join(", ", PicturePresets.NamesFor(family))}; the model's card tells which.");
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message.Split(" (Parameter", 2)[0]);
        }
    }
}
