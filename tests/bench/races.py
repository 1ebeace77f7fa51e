"""The races: each takes a Bench, runs what it compares, and adds rows to the table."""

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from measure import Table, best, measure


@dataclass
class Bench:
    here: Path
    program: Path
    folder: Path
    work: Path
    presets: list
    rounds: int
    variants: int
    table: Table

    def __post_init__(self):
        """The peers' scripts write beside themselves, where not everybody may."""
        peers = self.work / "peers"
        peers.mkdir(exist_ok=True)
        for script in self.folder.glob("*.sh"):
            shutil.copyfile(script, peers / script.name)
        if not (peers / "inputs").exists():
            (peers / "inputs").symlink_to(self.inputs(), target_is_directory=True)
        self.folder = peers

    def inputs(self):
        return self.folder / "inputs"

    def profile(self, job, preset):
        """The job's delivery profile with another x264 preset; beside nothing else, so that its name stays."""
        text = (self.here / job / "profile.yaml").read_text(encoding="utf-8")
        lines = [f"x264_preset: {preset}" if line.startswith("x264_preset:") else line for line in text.splitlines()]
        made = self.work / f"{job}-{preset}.yaml"
        made.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return made

    def media(self, names):
        files = {"clip_a": "clipA.mp4", "clip_b": "clipB.mp4", "photo1": "photo1.jpg", "photo2": "photo2.jpg",
                 "photo3": "photo3.jpg", "photo4": "photo4.jpg", "logo": "logo.png", "music": "music.m4a",
                 "voice": "vo.m4a"}
        return [word for name in names for word in ("--set", f"{name}={self.inputs() / files[name]}")]

    def render(self, preset_file, profile, output, *more):
        return [str(self.program), "-q", "render", str(preset_file), "--to", str(profile), "-o", str(output), *more]

    def peer(self, script):
        return (self.folder / script).exists() and shutil.which("ffmpeg") is not None


ALL = ["clip_a", "clip_b", "photo1", "photo2", "photo3", "photo4", "logo", "music", "voice"]
J3_MEDIA = ["clip_a", "clip_b", "photo1", "photo3", "photo4", "music", "voice"]
SILENT = ["ffmpeg", "-v", "error", "-nostdin", "-y"]


def ratio(value, base):
    return f"{value / base:.2f}×"


def raw(bench, job):
    """The job's pictures and sound as raw files, which are the encoder's floor and what quality is measured against: drawn
    anew and kept at crf 10, since an encoder finds pictures easier that it has coded before."""
    film, pictures, sound = (bench.work / f"{job}-reference{ending}" for ending in (".mp4", ".y4m", ".wav"))
    if not pictures.exists():
        profile = bench.work / f"{job}-reference.yaml"
        text = bench.profile(job, "ultrafast").read_text(encoding="utf-8")
        profile.write_text(re.sub(r"crf: .*", "crf: 10", text), encoding="utf-8")
        measure(f"{job}, its pictures", bench.render(bench.here / job / f"{job}.yaml", profile, film, "--no-cache",
                                                      *bench.media(ALL)))
        subprocess.run([*SILENT, "-i", film, "-map", "0:v", "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", pictures], check=True)
        subprocess.run([*SILENT, "-i", film, "-vn", "-c:a", "pcm_s16le", sound], check=True)
        film.unlink()
    return pictures, sound


def psnr(film, pictures):
    """Luma, the mean over the pictures, dB."""
    done = subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-i", film, "-i", pictures, "-lavfi",
                           "[0:v][1:v]psnr=stats_file=-", "-f", "null", "-"], check=True, capture_output=True, text=True)
    values = [min(100.0, float(value)) for value in re.findall(r"psnr_y:(\S+)", done.stdout)]
    return sum(values) / len(values)


def encode(bench, pictures, sound, preset, more=()):
    return [*SILENT, "-i", str(pictures), "-i", str(sound), "-c:v", "libx264", "-preset", preset, "-crf", "21", *more,
            "-threads", "1", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart",
            str(bench.work / "floor.mp4")]


def decode_floor(bench):
    files = bench.inputs()
    return best("decode the clips, one thread",
                [*SILENT, "-threads", "1", "-t", "8.5", "-i", str(files / "clipA.mp4"), "-threads", "1", "-t", "8", "-i",
                 str(files / "clipB.mp4"), "-map", "0:v", "-map", "1:v", "-f", "null", "-"], bench.rounds)


def size_row(bench, job, preset, film, pictures):
    floor = bench.work / "floor.mp4"
    better = psnr(film, pictures) - psnr(floor, pictures)
    bench.table.add(f"{job} {preset}, bytes against one continuous encode",
                    f"{100 * (film.stat().st_size / floor.stat().st_size - 1):+.1f} %", "≤ +2 %", f"luma {better:+.2f} dB")


def whole(bench, job, scripts):
    decode = decode_floor(bench)
    targets = {"ultrafast": "≤ 1.12×", "veryfast": "≤ 1.06×", "medium": "≤ 1.05×"}
    preset_file = bench.here / job / f"{job}.yaml"
    for preset in bench.presets:
        profile, film = bench.profile(job, preset), bench.work / f"{job}.mp4"
        command = bench.render(preset_file, profile, film, "--no-cache", *bench.media(ALL))
        one = best(f"{job} {preset}, one worker", [*command, "-j", "1"], bench.rounds)
        two = best(f"{job} {preset}, two workers", [*command, "-j", "2"], bench.rounds)
        pictures, sound = raw(bench, job)
        floor = decode.cpu + best(f"{job} {preset}, encode only", encode(bench, pictures, sound, preset), bench.rounds).cpu
        bench.table.add(f"{job} {preset} / floor, one worker", ratio(one.cpu, floor), targets.get(preset, ""))
        bench.table.add(f"{job} {preset} / floor, two workers", ratio(two.cpu, floor), targets.get(preset, ""))
        bench.table.add(f"{job} {preset}, wall with two workers against one", ratio(one.wall, two.wall), "≥ 1.8×")
        bench.table.add(f"{job} {preset}, peak memory with two workers", f"{two.peak:.0f} MB", "≤ 700 MB")
        size_row(bench, job, preset, film, pictures)
        for peer, script, words in scripts:
            if not bench.peer(script) or (peer == "melt" and shutil.which("melt") is None):
                bench.table.skip(f"{job} {preset}, {peer}", "not installed")
                continue
            if peer == "melt" and not (bench.folder / "j1.mlt").exists():
                measure("melt's project", ["bash", script, "mk"], folder=bench.folder)
            made = bench.work / "peer.mp4"
            made.unlink(missing_ok=True)
            run = measure(f"{job} {preset}, {peer}", ["bash", script, *words, str(made), preset], folder=bench.folder)
            if not made.exists():
                bench.table.skip(f"{job} {preset}, {peer}", "made no film")
                continue
            wished = {"ultrafast": "≥ 4×", "veryfast": "≥ 2.2×", "medium": "≥ 1.8×"} if peer == "melt" else {}
            bench.table.add(f"{job} {preset}, {peer} / capsule", ratio(run.cpu, one.cpu), wished.get(preset, ""),
                            f"{peer} / floor {ratio(run.cpu, floor)}")
    for left in raw(bench, job):
        left.unlink()


def compose(bench):
    """Composition alone: no encoder, less the decoding, against ffmpeg's graph less the same."""
    decode = decode_floor(bench)
    profile = bench.profile("j1", "ultrafast")
    ours = best("j1 null sink, one worker", bench.render(bench.here / "j1/j1.yaml", profile, bench.work / "null.mp4", "-j", "1",
                                                         "--sink", "null", *bench.media(ALL)), bench.rounds)
    if not bench.peer("j1_ffmpeg.sh"):
        bench.table.skip("composition of J1 against ffmpeg", "not installed")
        return
    theirs = best("j1 null sink, ffmpeg tuned", ["bash", "j1_ffmpeg.sh", "tuned", "-", "vnull"], bench.rounds,
                  folder=bench.folder, env={"FT": "1"})
    bench.table.add("composition of J1, ffmpeg tuned / capsule", ratio(theirs.cpu - decode.cpu, ours.cpu - decode.cpu), "≥ 3×",
                    f"{ours.cpu - decode.cpu:.1f} CPU-s")


def j1(bench):
    compose(bench)
    whole(bench, "j1", [("ffmpeg tuned", "j1_ffmpeg.sh", ["tuned"]), ("melt", "j1_melt.sh", [])])


def j2(bench):
    whole(bench, "j2", [("ffmpeg", "j2_ffmpeg.sh", [])])


def edit(bench):
    """J1 rendered into a store, one 2.2 s caption changed, rendered again."""
    preset = bench.presets[-1]
    profile, cache = bench.profile("j1", preset), bench.work / "edit-cache"
    changed = bench.work / "edited.yaml"
    shutil.copy(bench.here / "j1/profile.yaml", bench.work / "profile.yaml")
    text = (bench.here / "j1/j1.yaml").read_text(encoding="utf-8")
    changed.write_text(text.replace("في المدينة والقرية المجاورة", "في المدينة والقرى المجاورة"), encoding="utf-8")
    if changed.read_text(encoding="utf-8") == text:
        raise ValueError("the caption to change is not in j1.yaml")
    film = bench.work / "edit.mp4"
    full = measure(f"j1 {preset} into an empty store", bench.render(bench.here / "j1/j1.yaml", profile, film, "--cache",
                                                                    str(cache), *bench.media(ALL)))
    again = measure("the same once more", bench.render(bench.here / "j1/j1.yaml", profile, film, "--cache", str(cache),
                                                       *bench.media(ALL)))
    after = measure("one caption changed", bench.render(changed, profile, film, "--cache", str(cache), *bench.media(ALL)))
    bench.table.add(f"edit of one caption, full / edit, {preset}", ratio(full.cpu, after.cpu), "≥ 7×",
                    f"{after.cpu:.1f} CPU-s, {after.wall:.1f} s")
    bench.table.add(f"nothing changed, full / again, {preset}", ratio(full.cpu, again.cpu), "", f"{again.wall:.1f} s")


def preview(bench):
    command = [str(bench.program), "-q", "frame", str(bench.here / "j1/j1.yaml"), "--to", str(bench.profile("j1", "medium")),
               "-o", str(bench.work / "frame.png"), *bench.media(ALL)]
    once = min((measure("frame at 15.2 s, cold process", [*command, "--at", "15.2s"]) for _ in range(5)),
               key=lambda run: run.wall)
    twice = min((measure("frames at 15.2 s and 15.3 s", [*command, "--at", "15.2s,15.3s"]) for _ in range(5)),
                key=lambda run: run.wall)
    bench.table.add("preview frame, cold process", f"{once.wall:.2f} s", "≤ 0.15 s")
    bench.table.add("preview frame, the second of one process", f"{1000 * (twice.wall - once.wall):.0f} ms", "≤ 50 ms")


def roster(bench, corner):
    names = ["جمعية الأمل", "جمعية النور", "جمعية البر", "جمعية الوفاء", "جمعية الإحسان", "جمعية التكافل"]
    rows = ["id,name,logo" + (",corner" if corner else "")]
    for number in range(bench.variants):
        logo = bench.work / f"logo{number}.png"
        if not logo.exists():
            subprocess.run([*SILENT, "-i", bench.inputs() / "logo.png", "-vf", f"hue=h={number * 8}", "-pix_fmt", "rgba", logo],
                           check=True)
        rows.append(f"v{number + 1},{names[number % len(names)]} {number + 1},{logo.name}" + (f",{logo.name}" if corner else ""))
    file = bench.work / ("j3b.csv" if corner else "j3a.csv")
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def batch(bench, name, data, cache, profile):
    return measure(name, [str(bench.program), "-q", "batch", str(bench.here / "j3/j3.yaml"), "--data", str(data), "--to",
                          str(profile), "-o", str(bench.work / "batch"), "--cache", str(cache), *bench.media(J3_MEDIA)])


def naive(bench, corner):
    """One variant by ffmpeg, start to end: all that 43 have in common is done 43 times."""
    env = {"LOGO": "1"} if corner else None
    if not bench.peer("j3.sh"):
        return None
    measure("j3: the peers' names and logos", ["bash", "j3.sh", "gen", "1"], folder=bench.folder)
    return measure("j3 by ffmpeg, one variant", ["bash", "j3.sh", "full", "1", str(bench.work / "peer.mp4"), "medium"],
                   folder=bench.folder, env=env)


def cards_floor(bench, again):
    """What the corrected film cannot cost less than: a program linked to libav starts, and x264 codes two key frames."""
    program = bench.program.parent / "capsule_bench_cards"
    film = next((bench.work / "batch").glob("v2-*.mp4"), None)
    if not program.exists() or film is None:
        bench.table.skip("j3a, floor of a corrected name", "capsule_bench_cards is not built")
        return
    cards = [bench.work / f"card{number}.i420" for number in range(2)]
    for card, at in zip(cards, ("0.5", "14.5")):
        subprocess.run([*SILENT, "-ss", at, "-i", film, "-frames:v", "1", "-pix_fmt", "yuv420p", "-f", "rawvideo", card], check=True)
    floor = min((measure("two cards by themselves", [str(program), "1280", "720", *map(str, cards)]) for _ in range(5)),
                key=lambda run: run.cpu)
    bench.table.add("j3a, one name corrected / floor of two cards", ratio(again.cpu, floor.cpu), "", f"{floor.cpu:.2f} CPU-s")


def correct(bench, data, text, name, cache, profile):
    # With its comma: there are rows 20 and 26 too.
    data.write_text(text.replace("جمعية النور 2,", name), encoding="utf-8")
    return batch(bench, "j3a after one name is corrected", data, cache, profile)


def j3(bench):
    profile = bench.profile("j3", "medium")
    for corner, target in ((False, "≥ 12×"), (True, "≥ 1.3×")):
        job, cache = ("j3b" if corner else "j3a"), bench.work / ("cache-b" if corner else "cache-a")
        data = roster(bench, corner)
        # A person's files are older than a moment; of younger ones the program does not trust the times.
        time.sleep(2.5)
        all_of_them = batch(bench, f"{job} × {bench.variants}, cold store", data, cache, profile)
        one = naive(bench, corner)
        if one is None:
            bench.table.skip(f"{job}, naive ffmpeg / capsule", "not installed")
        else:
            bench.table.add(f"{job} × {bench.variants}, naive ffmpeg / capsule", ratio(one.cpu * bench.variants, all_of_them.cpu),
                            target, "one variant of the peer measured")
        if not corner:
            text = data.read_text(encoding="utf-8")
            again = min((correct(bench, data, text, f"جمعية النور {word} 2,", cache, profile)
                         for word in ("الجديد", "الجديدة", "المتجدد")), key=lambda run: run.cpu)
            bench.table.add(f"{job} × {bench.variants}, one name corrected, batch / again", ratio(all_of_them.cpu, again.cpu), "≥ 200×",
                            f"{again.cpu:.2f} of {all_of_them.cpu:.1f} CPU-s, the cheapest of three corrections")
            cards_floor(bench, again)
            same = batch(bench, f"{job}, nothing changed", data, cache, profile)
            bench.table.add(f"{job} × {bench.variants}, nothing changed", f"{1000 * same.cpu / bench.variants:.1f} ms a capsule", "",
                            "CPU, the start of the process included")
            shutil.rmtree(bench.work / "batch")
            lost = batch(bench, f"{job}, the films lost, the store kept", data, cache, profile)
            bench.table.add(f"{job} × {bench.variants}, films lost, store kept", f"{1000 * lost.cpu / bench.variants:.0f} ms a capsule", "",
                            "CPU: joined, verified, published")


def length(bench):
    """Drafts of 32 s to 10 min that show the same four scenes over and over: cost per second, and memory. A bar that
    fills over the film makes every stretch a picture of its own, as what comes twice would be made once. One worker: where
    several share out a film's last clips, each decodes what the other draws, which a short film feels."""
    base = None
    for rounds in (1, 4, 19):
        lines = "\n".join(f"  - {{ id: s{i}, media: \"{{clip_{'ab'[i % 2]}}}\", trim: {0.5 * (i // 2 % 2)}s..10s, duration: 8s, "
                          "enter: { crossfade: 0.5s } }" for i in range(4 * rounds))
        text = ("capsule: 1\ntitle: { ar: \"طول\" }\nlanguage: ar-MA\nvariables:\n  clip_a: { type: path, required: true }\n"
                "  clip_b: { type: path, required: true }\n  music: { type: path, required: true }\n"
                "audio:\n  music: { file: \"{music}\" }\noverlays:\n  - { progress: bar, box: { bottom: 0, height: 1% } }\n"
                f"scenes:\n{lines}\n")
        seconds = 32 * rounds
        file = bench.work / f"length{seconds}.yaml"
        file.write_text(text, encoding="utf-8")
        run = best(f"{seconds} s, draft", bench.render(file, bench.profile("j1", "ultrafast"), bench.work / "length.mp4",
                                                       "--draft", "--no-cache", "-j", "1",
                                                       *bench.media(["clip_a", "clip_b", "music"])), bench.rounds)
        per_second = run.cpu / seconds
        base = base or per_second
        bench.table.add(f"{seconds} s as a draft, cost per second against 32 s", ratio(per_second, base), "±5 %",
                        f"{run.peak:.0f} MB")
        os.remove(bench.work / "length.mp4")


def text(bench):
    program = bench.program.parent / "capsule_bench_text"
    if not program.exists():
        bench.table.skip("text: layout, masks, blend", "capsule_bench_text is not built")
        return
    for line in subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines():
        found = re.match(r"(.*?)\s+([\d.]+ ms)\s+gate\s+([\d.]+ ms)", line)
        if found:
            bench.table.add("text: " + found[1], found[2], "≤ " + found[3])
