namespace TrtBindings.Vision.Tests.Support;

/// <summary>Model outputs of one image, made by hand.</summary>
internal sealed class SyntheticHead
{
    /// <summary>Labels of any class.</summary>
    public static readonly ClassLabels Labels = new(new("synthetic.onnx", default, default));

    private readonly int _classes;
    private readonly int _coefficients;
    private readonly int _gridHeight;
    private readonly int _gridWidth;
    private readonly int _places;

    private SyntheticHead(YoloForm form, SyntheticHead dense, float[] predictions, int columns)
    {
        (Form, _classes, _coefficients) = (form, dense._classes, dense._coefficients);
        (_gridHeight, _gridWidth, _places) = (dense._gridHeight, dense._gridWidth, dense._places);
        (Rows, Columns, Predictions, Prototypes) = (dense._places, columns, predictions, dense.Prototypes);
    }

    private SyntheticHead(YoloForm form, int classes, int places, int coefficients, int gridWidth, int gridHeight)
    {
        Form = form;
        _classes = classes;
        _places = places;
        _coefficients = coefficients;
        _gridWidth = gridWidth;
        _gridHeight = gridHeight;
        Rows = form == YoloForm.Dense ? 4 + classes + coefficients : places;
        Columns = form == YoloForm.Dense ? places : 6 + coefficients;
        Predictions = new float[Rows * Columns];
        Prototypes = new float[coefficients * gridWidth * gridHeight];
    }

    public YoloForm Form { get; }

    public int Rows { get; }

    public int Columns { get; }

    public float[] Predictions { get; }

    public float[] Prototypes { get; }

    public static SyntheticHead Dense(
        int classes, int anchors, int coefficients = 4, int gridWidth = 160, int gridHeight = 160) =>
        new(YoloForm.Dense, classes, anchors, coefficients, gridWidth, gridHeight);

    public static SyntheticHead EndToEnd(int rows, int coefficients = 4, int gridWidth = 160, int gridHeight = 160) =>
        new(YoloForm.EndToEnd, 0, rows, coefficients, gridWidth, gridHeight);

    /// <summary>Many overlapping boxes of every class, weak and strong, over noise: reproducible by its seed.</summary>
    public static SyntheticHead Random(int seed, int classes = 5, int anchors = 1234, int side = 640, int grid = 160)
    {
        var random = new Random(seed);
        var head = Dense(classes, anchors, 8, grid, grid);
        for (var anchor = 0; anchor < anchors; anchor++)
        {
            var (width, height) = (20 + (random.NextSingle() * side / 3), 20 + (random.NextSingle() * side / 3));
            head.Put(anchor, random.NextSingle() * side, random.NextSingle() * side, width, height);
            for (var label = 0; label < classes; label++)
                head.Score(anchor, label, MathF.Pow(random.NextSingle(), 6));
            head.Coefficients(anchor, [.. Enumerable.Range(0, 8).Select(_ => (random.NextSingle() * 2) - 1)]);
        }

        for (var i = 0; i < head.Prototypes.Length; i++) head.Prototypes[i] = (random.NextSingle() * 2) - 1;
        return head;
    }

    /// <summary>Sets the box of an anchor of a dense head: centre and size.</summary>
    public SyntheticHead Put(int anchor, float x, float y, float width, float height)
    {
        (Predictions[anchor], Predictions[_places + anchor]) = (x, y);
        (Predictions[(2 * _places) + anchor], Predictions[(3 * _places) + anchor]) = (width, height);
        return this;
    }

    /// <summary>Sets the box of an anchor of a dense head by its edges.</summary>
    public SyntheticHead PutEdges(int anchor, float x1, float y1, float x2, float y2) =>
        Put(anchor, (x1 + x2) / 2, (y1 + y2) / 2, x2 - x1, y2 - y1);

    /// <summary>Sets one class score of a dense head.</summary>
    public SyntheticHead Score(int anchor, int label, float score)
    {
        Predictions[((4 + label) * _places) + anchor] = score;
        return this;
    }

    /// <summary>Sets the mask coefficients of an anchor or row.</summary>
    public SyntheticHead Coefficients(int place, params float[] values)
    {
        for (var m = 0; m < values.Length; m++)
        {
            var at = Form == YoloForm.Dense ? ((4 + _classes + m) * _places) + place : (place * Columns) + 6 + m;
            Predictions[at] = values[m];
        }

        return this;
    }

    /// <summary>Sets a row of an end-to-end head.</summary>
    public SyntheticHead Row(int row, float x1, float y1, float x2, float y2, float score, float label)
    {
        float[] values = [x1, y1, x2, y2, score, label];
        values.CopyTo(Predictions, row * Columns);
        return this;
    }

    /// <summary>
    /// The same predictions with a row for each anchor. With an objectness of one half, scores are half of those here.
    /// </summary>
    public SyntheticHead ByRows(YoloForm form)
    {
        var before = form == YoloForm.Transposed ? 4 : 5;
        var columns = Rows - 4 + before;
        var values = new float[_places * columns];
        for (var place = 0; place < _places; place++)
        {
            var line = values.AsSpan(place * columns, columns);
            if (before == 5) line[4] = 0.5f;
            for (var row = 0; row < Rows; row++)
                line[row < 4 ? row : row - 4 + before] = Predictions[(row * _places) + place];
        }

        return new(form, this, values, columns);
    }

    /// <summary>Gives every prototype one value.</summary>
    public SyntheticHead FillPrototypes(float value)
    {
        Array.Fill(Prototypes, value);
        return this;
    }

    public YoloSegHead AsHead() =>
        new(
            new(Predictions, Rows, Columns, Form == YoloForm.Dense ? _classes : 0), Prototypes, _coefficients, _gridHeight,
            _gridWidth);

    /// <summary>The results of a pipeline for this head.</summary>
    public InstanceDetection<Thing>[] Run(
        YoloSegOptions? options = null, LetterboxGeometry? geometry = null, int side = 640, MaskBuffer? buffer = null) =>
        RunWith(
            new(options ?? new() { MaskSpace = MaskSpace.None }, side, side),
            geometry ?? LetterboxGeometry.Fit(side, side, side, side), buffer);

    /// <summary>The same with a pipeline that may have run before.</summary>
    public InstanceDetection<Thing>[] RunWith(
        YoloSegPipeline pipeline, LetterboxGeometry geometry, MaskBuffer? buffer = null)
    {
        var found = new List<InstanceDetection<Thing>>();
        pipeline.Read(AsHead(), geometry, Labels, found, buffer);
        return [.. found];
    }
}
