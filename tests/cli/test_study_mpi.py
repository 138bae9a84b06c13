"""sahel study run under mpirun: three ranks; one that is killed. Needs OpenMPI."""
import os
import shutil
import signal
import subprocess
import unittest

from studies import children, leavings, wait_until, write_study
from support import ROOT, Folder, sahel

PROGRAM = os.environ.get("SAHEL_MPI")
MPIRUN = shutil.which("mpirun")
MPI = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
       "OMPI_MCA_btl_vader_single_copy_mechanism": "none", "OMP_NUM_THREADS": "1"}


@unittest.skipUnless(PROGRAM and MPIRUN, "OpenMPI is not there (openmpi-bin, libopenmpi-dev)")
class Ranks(Folder):
    def setUp(self):
        super().setUp()
        self.study = self.folder / "study.yaml"

    def start(self, target, program=PROGRAM, study=None):
        return subprocess.Popen([MPIRUN, "--oversubscribe", "-n", "3", program, "study", "run",
                                 str(study or self.study), "-o", str(target)], cwd=ROOT, env=MPI,
                                text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def alone(self):
        target = self.folder / "alone"
        self.assertStatus(sahel("study", "run", self.study, "-o", target, "--jobs", 1), 0)
        return leavings(target)

    def test_three_ranks_leave_the_same_bytes(self):
        runs = write_study(self.study)
        job = self.start(self.folder / "ranks")
        told = job.communicate(timeout=120)[1]
        self.assertEqual(job.returncode, 0, told)
        self.assertIn(f"{runs} made now", told)
        self.assertEqual(leavings(self.folder / "ranks"), self.alone())

    def test_a_killed_rank_ends_the_job_and_another_goes_on(self):
        runs = write_study(self.study, days=31, replicates=12)
        target = self.folder / "ranks"
        job = self.start(target)
        wait_until(lambda: len(list(target.glob("runs/*"))) > 3)
        os.kill(children(job.pid)[-1], signal.SIGKILL)
        job.communicate(timeout=120)
        self.assertNotEqual(job.returncode, 0)
        self.assertLess(len(list(target.glob("runs/*"))), runs)
        self.assertStatus(sahel("study", "run", self.study, "-o", target, "--jobs", 2), 0)
        self.assertEqual(leavings(target), self.alone())

    def test_a_wrong_study_is_told_once(self):
        self.study.write_text("scenario: nowhere.yaml\ndesign: {kind: grid}\n")
        job = self.start(self.folder / "ranks")
        told = job.communicate(timeout=120)[1]
        self.assertNotEqual(job.returncode, 0)
        self.assertEqual(told.count("nothing was run"), 1, told)

    def test_a_program_without_mpi_says_so(self):
        write_study(self.study)
        if PROGRAM == os.environ["SAHEL"]:
            self.skipTest("the program knows MPI")
        job = self.start(self.folder / "ranks", program=os.environ["SAHEL"])
        self.assertIn("built without MPI", job.communicate(timeout=120)[1])
        self.assertNotEqual(job.returncode, 0)


if __name__ == "__main__":
    unittest.main()
