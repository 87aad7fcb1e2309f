namespace TrtBindings.Conversion;

/// <summary>The interfaces by which engines know their models, on a model that is only described.</summary>
internal static class FamilyModels
{
    /// <summary>In place of the labels, which a sample does not need.</summary>
    internal enum Thing;

    internal sealed class YoloModel(RecordingModel model, YoloForm form, FamilyMatch match)
        : RecordingModel(model), IYoloDetectModel<Thing>, IYoloSegModel<Thing>, IYoloObbModel<Thing>, IYoloPoseModel<Thing>
    {
        public YoloForm Form => form;

        public int KeyPointCount => Number(nameof(KeyPointCount));

        public int KeyPointValues => Number(nameof(KeyPointValues));

        private int Number(string name)
        {
            foreach (var (key, value) in match.Numbers)
                if (key == name) return value;
            return 0;
        }
    }

    internal sealed class RtDetrModel(RecordingModel model, RtDetrForm form) : RecordingModel(model), IRtDetrModel<Thing>
    {
        public RtDetrForm Form => form;
    }

    internal sealed class ScrfdModel(RecordingModel model, ScrfdForm form) : RecordingModel(model), IScrfdModel
    {
        public ScrfdForm Form => form;
    }

    internal sealed class MaskRcnnModel(RecordingModel model, MaskRcnnForm form) : RecordingModel(model), IMaskRcnnModel<Thing>
    {
        public MaskRcnnForm Form => form;
    }

    internal sealed class Segmenter(RecordingModel model, SemanticSegmentationForm form)
        : RecordingModel(model), ISemanticSegmentationModel<Thing>
    {
        public SemanticSegmentationForm Form => form;
    }

    internal sealed class Classifier(RecordingModel model, ClassificationForm form)
        : RecordingModel(model), IClassificationModel<Thing>
    {
        public ClassificationForm Form => form;
    }
}
