"""Checkpoints of every format, and hostile ones, with what PyTorch itself reads from the sound ones.

    pip install torch numpy safetensors
    python make_checkpoints.py        # -> ../Corpus/Checkpoints, ../Corpus/Hostile, checkpoint_reference.json

`checkpoint_reference.json` has per file its tensors in order: name, number format, shape, and the
bytes of a contiguous copy in base64.
"""

import base64
import io
import json
import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

HERE = Path(__file__).resolve().parent
SOUND = HERE.parent / "Corpus" / "Checkpoints"
HOSTILE = HERE.parent / "Corpus" / "Hostile"
FORMATS = {
    torch.float64: "float64", torch.float32: "float32", torch.float16: "float16", torch.bfloat16: "bfloat16",
    torch.int64: "int64", torch.int32: "int32", torch.int16: "int16", torch.int8: "int8",
    torch.uint8: "uint8", torch.bool: "bool", torch.uint16: "uint16", torch.uint32: "uint32", torch.uint64: "uint64",
}
reference = {}


def raw(tensor):
    tensor = tensor.detach().contiguous()
    return tensor.view(torch.uint8).numpy().tobytes() if tensor.numel() and tensor.dim() else (
        tensor.reshape(1).view(torch.uint8).numpy().tobytes() if tensor.numel() else b"")


def refer(name, tensors):
    reference[name] = [
        {"name": key, "format": FORMATS[t.dtype], "shape": list(t.shape), "bytes": base64.b64encode(raw(t)).decode()}
        for key, t in tensors.items()
    ]


def save(name, value, tensors, **options):
    torch.save(value, SOUND / name, **options)
    refer(name, tensors)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(3, 4, 3, stride=2, padding=1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(4)
        self.fc = torch.nn.Linear(4, 2)

    def forward(self, x):
        return self.fc(torch.relu(self.bn1(self.conv1(x))).mean((2, 3)))


def sound():
    torch.manual_seed(1)
    net = Net()
    net.bn1.running_mean.normal_()
    state = net.state_dict()
    for protocol in range(2, 6):
        save(f"zip_protocol{protocol}.pt", state, state, pickle_protocol=protocol)
        save(f"legacy_protocol{protocol}.pth", state, state, pickle_protocol=protocol,
             _use_new_zipfile_serialization=False)
    types = OrderedDict()
    for dtype, name in FORMATS.items():
        values = torch.arange(-3, 5).abs() if name.startswith("uint") else torch.arange(-3, 5)
        types[name] = (values % 2).to(dtype) if name == "bool" else values.to(dtype)
    types["float16"] = torch.tensor([1e-7, 65504, -0.0, float("inf"), 0.1], dtype=torch.float16)
    types["bfloat16"] = torch.tensor([1e-38, 3e38, -1.5, float("nan")], dtype=torch.bfloat16)
    save("dtypes.pt", types, types)
    old = OrderedDict((k, v) for k, v in types.items() if k not in ("uint16", "uint32", "uint64"))
    save("dtypes_legacy.pth", old, old, _use_new_zipfile_serialization=False)
    base = torch.arange(24, dtype=torch.float32)
    views = OrderedDict(
        whole=base.view(4, 6), transposed=base.view(4, 6).t(), part=base[5:11], stepped=base[::3],
        column=base.view(4, 6)[:, 2], expanded=torch.tensor([7.0]).expand(3, 2), empty=torch.zeros(0, 3),
        scalar=torch.tensor(2.5), channels_last=torch.randn(2, 3, 2, 2).to(memory_format=torch.channels_last),
        permuted=base.view(2, 3, 4).permute(2, 0, 1))
    save("views.pt", views, views)
    save("views_legacy.pth", views, views, _use_new_zipfile_serialization=False)
    wrapped = OrderedDict(("module." + k, v) for k, v in state.items())
    save("lightning.ckpt", {"epoch": 7, "global_step": 70, "state_dict": wrapped, "optimizer_states": [
        {"state": {0: {"exp_avg": torch.ones(2)}}, "param_groups": [{"lr": 0.1}]}], "best": 0.5, "arch": "net"}, state)
    compiled = OrderedDict(("_orig_mod." + k, v) for k, v in state.items())
    save("compiled.pt", {"model": compiled, "ema": {"conv1.weight": torch.zeros(4, 3, 3, 3)}}, state)
    save("ema_only.pt", {"ema": state, "epoch": 3}, state)
    save("parameters.pt", {"w": torch.nn.Parameter(torch.ones(2, 2))}, {"w": torch.ones(2, 2)})
    # The class is this script's own, so no reader has it. The old format quotes sources; a word will do.
    torch.serialization.get_source_lines_and_file = lambda *_: (["source"], 0, "net.py")
    save("whole_model.pt", net, state)
    save("whole_model_legacy.pth", net, state, _use_new_zipfile_serialization=False)
    torch.jit.save(torch.jit.script(net), str(SOUND / "script.pt"))
    refer("script.pt", {k: v for k, v in state.items()})
    save_file({k: v for k, v in types.items()}, SOUND / "types.safetensors", metadata={"epoch": "4"})
    refer("types.safetensors", types)
    shards = [dict(list(state.items())[:2]), dict(list(state.items())[2:])]
    index = {"metadata": {"total_size": 0}, "weight_map": {}}
    for number, shard in enumerate(shards, start=1):
        file = f"part-{number}-of-2.safetensors"
        save_file(shard, SOUND / file)
        index["weight_map"] |= {key: file for key in shard}
    (SOUND / "sharded.safetensors.index.json").write_text(json.dumps(index))
    refer("sharded.safetensors.index.json", state)
    arrays = {"kernel": np.arange(12, dtype=np.float32).reshape(3, 4), "fortran": np.asfortranarray(
        np.arange(6, dtype=np.float64).reshape(2, 3)), "half": np.float16([1, 2]), "count": np.int64(5)}
    torch_arrays = {k: torch.from_numpy(np.array(v, order="C")) for k, v in arrays.items()}
    np.savez(SOUND / "arrays.npz", **arrays)
    refer("arrays.npz", torch_arrays)
    np.savez_compressed(SOUND / "packed.npz", **arrays)
    refer("packed.npz", torch_arrays)
    np.save(SOUND / "one.npy", arrays["kernel"])
    refer("one.npy", {"one": torch_arrays["kernel"]})


def archive(name, pickled, storages=(), compression=zipfile.ZIP_STORED):
    with zipfile.ZipFile(HOSTILE / name, "w", compression) as file:
        file.writestr("x/data.pkl", pickled)
        file.writestr("x/version", "3\n")
        for key, data in storages:
            file.writestr(f"x/data/{key}", data)


class Runs:
    def __reduce__(self):
        import os
        return os.system, ("touch convscope-was-fooled",)


def tensor_pickle(key="0", count=4, offset=0, size=(2, 2), stride=(2, 1), kind="FloatStorage"):
    """A state dictionary of one tensor, opcode by opcode."""
    def text(value):
        return b"X" + struct.pack("<I", len(value)) + value.encode()
    def number(value):
        return b"\x8a\x08" + struct.pack("<q", value)
    def numbers(values):
        return b"(" + b"".join(number(v) for v in values) + b"t"
    storage = b"(" + text("storage") + b"ctorch\n" + kind.encode() + b"\n" + text(key) + text("cpu") + number(count) + b"tQ"
    call = b"ctorch._utils\n_rebuild_tensor_v2\n(" + storage + number(offset) + numbers(size) + numbers(stride)
    return b"\x80\x02}" + text("w") + call + b"\x89Nt" + b"R" + b"s."


def hostile():
    floats = np.arange(4, dtype=np.float32).tobytes()
    archive("runs_code.pt", pickle.dumps({"w": Runs()}, protocol=2))
    (HOSTILE / "runs_code.pkl").write_bytes(pickle.dumps(Runs(), protocol=4))
    archive("memo_bomb.pt", b"\x80\x02]" + b"".join(b"q" + bytes([i]) + b"h" + bytes([i]) + b"h" + bytes([i]) + b"\x86" for i in range(200)) + b".")
    nested = b"\x80\x02}q\x00" + b"".join(
        b"}q" + bytes([i]) + b"(X\x01\x00\x00\x00ah" + bytes([i - 1]) + b"X\x01\x00\x00\x00bh" + bytes([i - 1]) + b"u" for i in range(1, 120)) + b"."
    archive("shared_bomb.pt", nested)
    archive("cycle.pt", b"\x80\x02}q\x00X\x05\x00\x00\x00modelh\x00s.")
    archive("deep.pt", b"\x80\x02" + b"(" * 200000 + b"N.")
    archive("cut_pickle.pt", b"\x80\x02}X\xff\xff\xff\x7fa")
    archive("underflow.pt", b"\x80\x020000R.")
    archive("past_the_end.pt", tensor_pickle(offset=3), [("0", floats)])
    archive("negative_offset.pt", tensor_pickle(offset=-1), [("0", floats)])
    archive("huge_shape.pt", tensor_pickle(size=(1 << 40, 1 << 40), stride=(1, 1)), [("0", floats)])
    archive("huge_stride.pt", tensor_pickle(stride=(1 << 62, 1)), [("0", floats)])
    archive("repeats.pt", tensor_pickle(size=(1 << 31, 1 << 31), stride=(0, 0)), [("0", floats)])
    archive("storage_lies.pt", tensor_pickle(count=1000), [("0", floats)])
    archive("storage_missing.pt", tensor_pickle(key="../../secret"), [("0", floats)])
    archive("unknown_type.pt", tensor_pickle(kind="NoSuchStorage"), [("0", floats)])
    archive("nan.pt", tensor_pickle(), [("0", np.full(4, np.nan, np.float32).tobytes())])
    archive("zero_size.pt", tensor_pickle(count=0, size=(0, 2)), [("0", b"")])
    sound = io.BytesIO()
    torch.save({"w": torch.ones(64)}, sound)
    bytes_ = bytearray(sound.getvalue())
    (HOSTILE / "cut_off.pt").write_bytes(bytes_[: len(bytes_) // 2])
    end = bytes_.rindex(b"PK\x05\x06")
    directory = struct.unpack("<I", bytes_[end + 16: end + 20])[0]
    lying = bytearray(bytes_)
    lying[end + 16: end + 20] = struct.pack("<I", 0x7FFFFFFF)
    (HOSTILE / "directory_outside.pt").write_bytes(lying)
    lying = bytearray(bytes_)
    second = lying.index(b"PK\x01\x02", directory + 4)
    lying[second + 42: second + 46] = lying[directory + 42: directory + 46]
    (HOSTILE / "overlap.pt").write_bytes(lying)
    lying = bytearray(bytes_)
    lying[directory + 20: directory + 28] = struct.pack("<II", 0x7FFFFFF0, 0x7FFFFFF0)
    (HOSTILE / "entry_too_long.pt").write_bytes(lying)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("x/data.pkl", b"\x80\x02" + bytes(1 << 16))
    lying = bytearray(packed.getvalue())
    directory = lying.index(b"PK\x01\x02")
    lying[directory + 24: directory + 28] = struct.pack("<I", 300 << 20)
    (HOSTILE / "zip_bomb.pt").write_bytes(lying)
    (HOSTILE / "outside.safetensors.index.json").write_text(json.dumps({"weight_map": {"w": "../../Corpus/Checkpoints/types.safetensors"}}))
    (HOSTILE / "absent.safetensors.index.json").write_text(json.dumps({"weight_map": {"w": "absent.safetensors"}}))
    header = json.dumps({"w": {"dtype": "F32", "shape": [1 << 40, 1 << 40], "data_offsets": [0, 16]}}).encode()
    (HOSTILE / "shape.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + floats)
    header = json.dumps({"w": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}, "v": {"dtype": "F32", "shape": [4], "data_offsets": [8, 24]}}).encode()
    (HOSTILE / "overlap.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + floats * 2)
    with zipfile.ZipFile(HOSTILE / "objects.npz", "w") as file:
        buffer = io.BytesIO()
        np.save(buffer, np.array([Runs()], dtype=object), allow_pickle=True)
        file.writestr("w.npy", buffer.getvalue())
    (HOSTILE / "shape.npy").write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", 86) + b"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 99999999999), }".ljust(85) + b"\n")


if __name__ == "__main__":
    SOUND.mkdir(parents=True, exist_ok=True)
    HOSTILE.mkdir(parents=True, exist_ok=True)
    sound()
    hostile()
    (HERE / "checkpoint_reference.json").write_text(json.dumps(reference, indent=1) + "\n")
