namespace TrtBindings.Vision.AnyFamily;

/// <summary>Makes the engine of each family for a model without a generated class.</summary>
internal static class EngineFactory
{
    /// <summary>Makes an engine.</summary>
    /// <param name="family">The family.</param>
    /// <param name="model">The model as one of that family.</param>
    /// <param name="options">Options that families share.</param>
    public static VisionEngine Create(ModelFamily family, FamilyModel model, VisionEngineOptions options)
    {
        var signature = model.Signature;
        return family.Name switch
        {
            "YoloSeg" => new ObjectEngine<InstanceDetection<ClassNumber>>(family, signature,
                YoloSegEngine.Create<ClassNumber>(model, Yolo<YoloSegOptions>(family, options)), static one => one.Label),
            "YoloDetect" => new ObjectEngine<Detection<ClassNumber>>(family, signature,
                YoloDetectEngine.Create<ClassNumber>(model, Yolo<YoloOptions>(family, options)), static one => one.Label),
            "YoloPose" => new ObjectEngine<YoloPose<ClassNumber>>(family, signature,
                YoloPoseEngine.Create<ClassNumber>(model, Yolo<YoloOptions>(family, options)), static one => one.Label),
            "YoloObb" => new ObjectEngine<YoloOrientedDetection<ClassNumber>>(family, signature,
                YoloObbEngine.Create<ClassNumber>(model, Yolo<YoloOptions>(family, options)), static one => one.Label),
            "RtDetr" => new ObjectEngine<Detection<ClassNumber>>(family, signature,
                RtDetrEngine.Create<ClassNumber>(model, RtDetr(family, options)), static one => one.Label),
            "Scrfd" => new ObjectEngine<FaceDetection>(family, signature,
                ScrfdEngine.Create(model, Scrfd(family, options)), static _ => null),
            "MaskRcnn" => new ObjectEngine<InstanceDetection<ClassNumber>>(family, signature,
                MaskRcnnEngine.Create<ClassNumber>(model, MaskRcnn(family, options)), static one => one.Label),
            "SemanticSegmentation" => new MapEngine(family, signature, Segmentation(family, model, options)),
            "Classification" => new ClassEngine(family, signature, Classification(family, model, options)),
            var name => throw new NotSupportedException($"The family {name} has no engine here."),
        };
    }

    private static TOptions Yolo<TOptions>(ModelFamily family, VisionEngineOptions options)
        where TOptions : YoloOptions, new()
    {
        RefusePreparation(family, options);
        var made = Shared(new TOptions(), options);
        made.Confidence = options.Confidence ?? made.Confidence;
        made.Iou = options.Iou;
        made.MultiLabel = options.AllClasses;
        made.MaxDetections = options.MaxResults ?? made.MaxDetections;
        return made;
    }

    private static RtDetrOptions RtDetr(ModelFamily family, VisionEngineOptions options)
    {
        RefusePreparation(family, options);
        Refuse(family, options.Iou is null, nameof(options.Iou));
        var made = Shared(new RtDetrOptions(), options);
        made.Confidence = options.Confidence ?? made.Confidence;
        made.MaxDetections = options.MaxResults ?? made.MaxDetections;
        return made;
    }

    private static ScrfdOptions Scrfd(ModelFamily family, VisionEngineOptions options)
    {
        RefusePreparation(family, options);
        var made = Shared(new ScrfdOptions(), options);
        made.Confidence = options.Confidence ?? made.Confidence;
        made.Iou = options.Iou ?? made.Iou;
        made.MaxFaces = options.MaxResults;
        return made;
    }

    private static MaskRcnnOptions MaskRcnn(ModelFamily family, VisionEngineOptions options)
    {
        RefusePreparation(family, options);
        Refuse(family, options.Iou is null, nameof(options.Iou));
        var made = Shared(new MaskRcnnOptions(), options);
        made.Confidence = options.Confidence ?? made.Confidence;
        made.MaxDetections = options.MaxResults;
        return made;
    }

    private static SemanticSegmentationEngine<ClassNumber> Segmentation(
        ModelFamily family, FamilyModel model, VisionEngineOptions options)
    {
        Refuse(family, options.Confidence is null, nameof(options.Confidence));
        Refuse(family, options.Iou is null, nameof(options.Iou));
        Refuse(family, options.MaxResults is null, nameof(options.MaxResults));
        Refuse(family, options.Classification is null, nameof(options.Classification));
        var made = Shared(new SemanticSegmentationOptions(), options);
        return options.Segmentation is { } preprocessing
            ? SemanticSegmentationEngine.Create<ClassNumber>(model, preprocessing, made)
            : SemanticSegmentationEngine.Create<ClassNumber>(model, made);
    }

    private static ClassificationEngine<ClassNumber> Classification(
        ModelFamily family, FamilyModel model, VisionEngineOptions options)
    {
        Refuse(family, options.Confidence is null, nameof(options.Confidence));
        Refuse(family, options.Iou is null, nameof(options.Iou));
        Refuse(family, options.Segmentation is null, nameof(options.Segmentation));
        var made = Shared(new ClassificationOptions(), options);
        made.Top = options.MaxResults ?? made.Top;
        return options.Classification is { } preprocessing
            ? ClassificationEngine.Create<ClassNumber>(model, preprocessing, made)
            : ClassificationEngine.Create<ClassNumber>(model, made);
    }

    private static TOptions Shared<TOptions>(TOptions made, VisionEngineOptions options)
        where TOptions : EngineOptions
    {
        made.MaxBatch = options.MaxBatch;
        (made.InputWidth, made.InputHeight) = (options.InputWidth, options.InputHeight);
        made.Processing = options.Processing;
        return made;
    }

    private static void RefusePreparation(ModelFamily family, VisionEngineOptions options)
    {
        Refuse(family, options.Classification is null, nameof(options.Classification));
        Refuse(family, options.Segmentation is null, nameof(options.Segmentation));
    }

    /// <summary>An option without effect would be a wrong result that nobody notices.</summary>
    private static void Refuse(ModelFamily family, bool isUnset, string option)
    {
        if (!isUnset) throw new ModelOptionException($"VisionEngineOptions.{option}", $"VisionEngineOptions.{option} is set, and "
            + $"a model of the family {family.Name} has no such option. Leave it out.");
    }
}
