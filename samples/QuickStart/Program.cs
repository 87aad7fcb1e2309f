using QuickStart;
using TrtBindings.Samples;
using TrtBindings.Vision;

// DeskSeg is the class that the build made of desk-seg.onnx; Load finds the file beside the program.
using var model = DeskSeg.Load();
Console.WriteLine(model.Backend);

// Engines take plain pixels from any imaging library; PictureFile is the samples' own.
var picture = PictureFile.Read(Path.Combine(AppContext.BaseDirectory, "images", "still-life.png"));
var photo = new ImageView(picture.Rgb, picture.Width, picture.Height, PixelFormat.Rgb);

// A model that is not YOLO-seg shaped does not compile here.
using var engine = YoloSegEngine.Create(model);
foreach (var found in engine.Detect(photo)) Console.WriteLine(found);

// Without an engine: tensors of the right type and size, and a run that allocates nothing.
using var inputs = model.AllocateInputs(batch: 2);
using var outputs = model.AllocateOutputs(batch: 2);
photo.LetterboxTo(inputs.Images[0]);
photo.LetterboxTo(inputs.Images[1]);
model.Run(inputs, outputs);
Console.WriteLine($"{outputs.Output1[1].FlattenedLength} numbers for the second picture");
