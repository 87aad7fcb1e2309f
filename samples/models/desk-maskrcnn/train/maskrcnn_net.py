"""desk-maskrcnn: torchvision's MaskRCNN class over desk-seg's backbone, with narrow heads."""
import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "common"))
from collections import OrderedDict
from torch import nn
import torch.nn.functional as F
from torchvision.models.detection import MaskRCNN
from torchvision.models.detection.faster_rcnn import FastRCNNPredictor, TwoMLPHead
from torchvision.models.detection.mask_rcnn import MaskRCNNHeads, MaskRCNNPredictor
from torchvision.models.detection.rpn import AnchorGenerator, RPNHead
from torchvision.ops import MultiScaleRoIAlign
from common import CLASSES, DeskBackbone

WIDTH, SHORT, LONG, SLOTS = 40, 480, 640, 32


class Pyramid(nn.Module):
    """desk-seg's features at strides 8, 16 and 32, brought to one width and summed from coarse to fine."""
    def __init__(self, trained=True):
        super().__init__()
        self.body, self.out_channels = DeskBackbone(trained), WIDTH
        self.enter = nn.ModuleList(nn.Conv2d(c, WIDTH, 1) for c in (64, 96, 112))
        self.leave = nn.Conv2d(WIDTH, WIDTH, 3, 1, 1)

    def forward(self, x):
        _, b, c, d = self.body(x)
        b, c, d = [e(t) for e, t in zip(self.enter, (b, c, d))]
        c = c + F.interpolate(d, size=c.shape[2:], mode="nearest"); b = b + F.interpolate(c, size=b.shape[2:], mode="nearest")
        return OrderedDict([("0", F.silu(self.leave(b))), ("1", F.silu(self.leave(c))), ("2", F.silu(d))])


def build(trained=True):
    """The model in training mode. Input RGB in 0..1: mean 0, standard deviation 1, since the backbone was trained so."""
    pool = lambda size: MultiScaleRoIAlign(["0", "1", "2"], size, 2, canonical_scale=112, canonical_level=4)
    anchors = AnchorGenerator(((20, 40), (72, 120), (190, 330)), ((0.5, 1.0, 2.0),) * 3)
    classes = len(CLASSES) + 1
    return MaskRCNN(Pyramid(trained), min_size=SHORT, max_size=LONG, image_mean=[0.0] * 3, image_std=[1.0] * 3,
                    rpn_anchor_generator=anchors, rpn_head=RPNHead(WIDTH, 6), rpn_pre_nms_top_n_train=400, rpn_post_nms_top_n_train=150, rpn_pre_nms_top_n_test=150,
                    rpn_post_nms_top_n_test=100, rpn_batch_size_per_image=96, box_batch_size_per_image=64, box_score_thresh=0.05, box_nms_thresh=0.5, box_detections_per_img=SLOTS,
                    box_roi_pool=pool(7), box_head=TwoMLPHead(WIDTH * 49, 72), box_predictor=FastRCNNPredictor(72, classes),
                    mask_roi_pool=pool(14), mask_head=MaskRCNNHeads(WIDTH, (WIDTH, WIDTH), 1), mask_predictor=MaskRCNNPredictor(WIDTH, WIDTH, classes))


def fresh():
    """The same network without desk-seg's weights, for loading a trained state."""
    return build(False)
