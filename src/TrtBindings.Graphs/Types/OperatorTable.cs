namespace TrtBindings.Graphs.Types;

/// <summary>ONNX's operators: which inputs and outputs share a floating-point type, and which have one of their own.</summary>
/// <remarks>
/// A letter for each input, an arrow, a letter for each output; a star repeats the letter before it.
/// <c>T</c> is the operator's type, <c>t</c> the same for a floating-point input that the file may also give as something else,
/// <c>F</c> is float32 whatever <c>T</c> is, <c>.</c> is not converted. Outputs: <c>L</c> int64, <c>I</c> int32, <c>U</c> uint8,
/// <c>B</c> bool, a digit the type of that input.
/// Then: <c>move</c> for operators that only move elements, <c>b22</c> for those that take BF16 from operator set 22 on,
/// <c>b16</c> and <c>b14</c> likewise, <c>b-</c> for never; without it from 13 on, <c>q19</c> for 16-bit types from 19 on.
/// </remarks>
internal static class OperatorTable
{
    private const string Text = """
        Abs T>T | Acos T>T b22 | Acosh T>T b22 | Asin T>T b22 | Asinh T>T b22 | Atan T>T b22 | Atanh T>T b22 | Ceil T>T
        Cos T>T b22
        Cosh T>T b22 | Elu T>T b22 | Erf T>T | Exp T>T | Floor T>T | Gelu T>T | HardSigmoid T>T b22 | HardSwish T>T b22
        LeakyRelu T>T b16 | Log T>T | Mish T>T b22 | Neg T>T | Reciprocal T>T | Relu T>T | Round T>T b22 | Selu T>T b22
        Sigmoid T>T
        Sign T>T | Sin T>T b22 | Sinh T>T b22 | Softplus T>T b22 | Softsign T>T b22 | Sqrt T>T | Tan T>T b22 | Tanh T>T
        ThresholdedRelu T>T b22 | Shrink T>T b- | Swish T>T
        Softmax T>T | LogSoftmax T>T | Hardmax T>T | LpNormalization T>T b22 | LRN T>T | MeanVarianceNormalization T>T
        InstanceNormalization TTT>T b22 | LayerNormalization TTT>TFF | GroupNormalization TTT>T | RMSNormalization TT>T
        BatchNormalization TTTTT>TTTTT b14
        Add TT>T | Sub TT>T | Mul TT>T | Div TT>T | Pow Tt>T | PRelu TT>T b16 | Mod TT>T | MatMul TT>T | Gemm TTT>T
        Einsum T*>T b-
        Max T*>T | Min T*>T | Mean T*>T | Sum T*>T | Clip TTT>T | Dropout T..>TB
        Equal TT>B | Greater TT>B | Less TT>B | GreaterOrEqual TT>B | LessOrEqual TT>B | IsNaN T>B | IsInf .>B
        And ..>B | Or ..>B | Xor ..>B | Not .>B | BitShift ..>0 | BitwiseAnd ..>0 | BitwiseOr ..>0 | BitwiseXor ..>0
        BitwiseNot .>0
        Conv TTT>T b22 | ConvTranspose TTT>T b22 | DeformConv TTTTT>T b22 | ConvInteger ....>I | MatMulInteger ....>I
        GlobalAveragePool T>T b22 | GlobalMaxPool T>T b22 | GlobalLpPool T>T b22 | AveragePool T>T b22 | LpPool T>T b22
        MaxPool T>TL b22 | MaxUnpool T..>T b22 | MaxRoiPool TT>T b22 | RoiAlign TT.>T b22
        ReduceMean T.>T | ReduceSum T.>T | ReduceMax T.>T | ReduceMin T.>T | ReduceProd T.>T | ReduceL1 T.>T | ReduceL2 T.>T
        ReduceLogSum T.>T | ReduceLogSumExp T.>T | ReduceSumSquare T.>T | ArgMax T>L | ArgMin T>L | TopK T.>TL b-
        CumSum T.>T b14
        Concat T*>T move | Split T.>T* move | Slice T....>T move | Gather T.>T move | GatherElements T.>T move
        GatherND T.>T move
        Transpose T>T move | Reshape T.>T move | Flatten T>T move | Squeeze T.>T move | Unsqueeze T.>T move | Expand T.>T move
        Tile T.>T move | DepthToSpace T>T move | SpaceToDepth T>T move | Identity T>T move b14 | Compress T.>T move b-
        ReverseSequence T.>T move b- | Trilu T.>T move b14 | CenterCropPad T.>T move b- | Col2Im T..>T
        Pad T.T.>T | Scatter T.T>T b- | ScatterElements T.T>T | ScatterND T.T>T | Where .TT>T b16 | OneHot ..T>T b-
        Resize TFF.>T | Upsample TF>T b- | GridSample TT>T b22 | AffineGrid T.>T
        LSTM TTTT.TTT>TTT b22 | GRU TTTT.T>TT b22 | RNN TTTT.T>TT b22
        QuantizeLinear TT.>2 q19 | DequantizeLinear .T.>T q19 | DynamicQuantizeLinear F>UFU
        QLinearConv ........>7 | QLinearMatMul ........>7
        Shape .>L | Size .>L | NonZero .>L | NonMaxSuppression FF.FF>L | Unique T>TLLL b- | Range TTT>T b- | Det T>T b22
        Multinomial .>I | SequenceLength .>L | OptionalHasElement .>B | TfIdfVectorizer .>F | ImageDecoder .>U
        RegexFullMatch .>B
        CastLike ..>1 | Celu F>F | Bernoulli .>0 | RandomNormalLike .>0 | RandomUniformLike .>0 | EyeLike .>0 | DFT F..>F
        STFT F.F.>F | NegativeLogLikelihoodLoss F.F>F | SoftmaxCrossEntropyLoss F.F>FF
        """;

    private static readonly Dictionary<string, OperatorRule> Rules = Text
        .Split(['|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(OperatorRule.Parse).ToDictionary(rule => rule.Name);

    /// <summary>What is known of an operator; <see langword="null"/> for one of another domain or of the future.</summary>
    public static OperatorRule? Find(string domain, string type) => domain.Length == 0 ? Rules.GetValueOrDefault(type) : null;
}
