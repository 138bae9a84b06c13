"""sahel study slurm: its script on a real Slurm of one machine, which the test sets up
from nothing, starts and stops. Needs slurm-wlm and munge."""
import getpass
import os
import shutil
import signal
import socket
import subprocess
import unittest

from studies import leavings, wait_until, write_study
from support import ROOT, Folder, sahel

PATH = os.environ["PATH"] + ":/usr/sbin"
NEEDED = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue")
MISSING = [name for name in NEEDED if not shutil.which(name, path=PATH)]

CONFIGURATION = """ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
SlurmctldPort={port}
SlurmdPort={node_port}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1
MpiDefault=none
ReturnToService=2
KillWait=5
NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=1000 State=UNKNOWN
PartitionName=test Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@unittest.skipIf(MISSING, f"Slurm is not there (slurm-wlm, munge): no {', '.join(MISSING)}")
class Slurm(Folder):
    """A cluster of one machine, from nothing to nothing."""

    def setUp(self):
        super().setUp()
        self.folder.chmod(0o755)
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        self.environment = {**os.environ, "PATH": PATH,
                            "SLURM_CONF": str(self.folder / "slurm.conf")}
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=socket.gethostname().split(".")[0], user=getpass.getuser(),
            folder=self.folder, port=free_port(), node_port=free_port()))
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        self.daemons = []
        self.addCleanup(self.end)
        self.start("munged", "--foreground", "--force", f"--key-file={key}",
                   *(f"--{name}={self.folder}/munge.{end}" for name, end in
                     (("socket", "socket"), ("pid-file", "pid"), ("log-file", "log"),
                      ("seed-file", "seed"))))
        wait_until((self.folder / "munge.socket").exists)
        self.start("slurmctld", "-D")
        self.start("slurmd", "-D")
        try:
            wait_until(lambda: "idle" in self.call("sinfo", "-h", "-o", "%t").stdout, 30)
        except TimeoutError:
            self.fail(self.logs())

    def start(self, *words):
        out = (self.folder / f"{words[0]}.out").open("w")
        self.addCleanup(out.close)
        self.daemons.append(subprocess.Popen(words, env=self.environment, stdout=out,
                                             stderr=subprocess.STDOUT))

    def end(self):
        for daemon in reversed(self.daemons):
            daemon.send_signal(signal.SIGTERM)
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()

    def logs(self):
        names = ("munged.out", "slurmctld.out", "slurmd.out", "slurmctld.log", "slurmd.log")
        return "\n".join(f"{name}:\n{(self.folder / name).read_text()[-2000:]}"
                         for name in names if (self.folder / name).exists())

    def call(self, *words):
        return subprocess.run([str(word) for word in words], env=self.environment, text=True,
                              cwd=self.folder, capture_output=True, timeout=120)

    def script(self, study, target, tasks):
        done = sahel("study", "slurm", study, "-o", target, "--parts", tasks)
        self.assertStatus(done, 0)
        script = self.folder / "study.sbatch"
        script.write_text(done.stdout)
        return script

    def alone(self, study):
        target = self.folder / "alone"
        self.assertStatus(sahel("study", "run", study, "-o", target, "--jobs", 1), 0)
        return leavings(target)

    def told(self):
        return self.logs() + "\n".join(p.read_text() for p in self.folder.glob("slurm-*.out"))


class Array(Slurm):
    def test_an_array_does_the_study(self):
        study, target = self.folder / "study.yaml", self.folder / "out"
        write_study(study)
        script = self.script(study, target, 2)
        for line in ("#SBATCH --array=1-2", "#SBATCH --requeue"):
            self.assertIn(line, script.read_text().splitlines())
        done = self.call("sbatch", "--wait", script)
        self.assertEqual(done.returncode, 0, done.stderr + self.told())
        self.assertEqual(leavings(target), self.alone(study))


@unittest.skipUnless(os.environ.get("SAHEL_SLOW"), "Slurm waits before it starts a task again")
class Requeue(Slurm):
    def test_a_task_put_back_goes_on(self):
        study, target = self.folder / "study.yaml", self.folder / "out"
        runs = write_study(study, days=31, replicates=40)
        script = self.script(study, target, 1)
        job = self.call("sbatch", "--parsable", script)
        self.assertEqual(job.returncode, 0, job.stderr)
        made = lambda: set(target.glob("runs/*"))
        wait_until(lambda: len(made()) > 3)
        before = {path: path.stat().st_mtime_ns for path in made()}
        put_back = self.call("scontrol", "requeue", job.stdout.strip() + "_1")
        self.assertEqual(put_back.returncode, 0, put_back.stderr + self.told())
        wait_until(lambda: self.call("squeue", "-h").stdout.strip() == "", 90)
        self.assertLess(len(before), runs)
        for path, moment in before.items():
            if path.exists(): # until it is packed
                self.assertEqual(path.stat().st_mtime_ns, moment)
        self.assertEqual(leavings(target), self.alone(study), self.told())


if __name__ == "__main__":
    unittest.main()
