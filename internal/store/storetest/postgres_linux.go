package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // pgx
)

// Postgres starts a server of Debian's package for the length of a test, and
// gives what makes a new database on it and its address. The test is skipped
// where no server is installed. The server listens on a socket in a folder of
// its own alone, and what it keeps does not outlive the test.
func Postgres(t testing.TB) (database func(t testing.TB) string) {
	t.Helper()
	programs := installed()
	if programs == "" {
		t.Skip("PostgreSQL is not installed: apt-get install postgresql")
	}
	folder, err := os.MkdirTemp("", "pg") // t.TempDir would be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	attributes := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Getuid() == 0 { // which the server refuses to run as
		uid, gid, err := somebody()
		if err == nil {
			err = os.Chown(folder, uid, gid)
		}
		if err != nil {
			t.Skip("PostgreSQL does not run as root, and there is nobody else: ", err)
		}
		attributes.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	data := filepath.Join(folder, "data")
	initialise := exec.Command(filepath.Join(programs, "initdb"), "--pgdata="+data, "--encoding=UTF8", "--locale=C", "--auth=trust", "--username=postgres", "--no-sync")
	initialise.Dir, initialise.SysProcAttr = folder, attributes
	if out, err := initialise.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v\n%s", err, out)
	}
	var log bytes.Buffer
	server := exec.Command(filepath.Join(programs, "postgres"), "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off",
		"-c", "max_connections=200", "-c", "shared_buffers=256MB")
	server.Dir, server.SysProcAttr, server.Stderr = folder, attributes, &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Signal(syscall.SIGINT) // closes all connections and stops
		_ = server.Wait()
	})
	address := func(name string) string { return fmt.Sprintf("postgres://postgres@/%s?host=%s", name, folder) }
	db, err := sql.Open("pgx", address("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	for db.PingContext(ctx) != nil {
		if ctx.Err() != nil {
			t.Fatalf("the server does not answer:\n%s", log.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
	n := 0
	return func(t testing.TB) string {
		t.Helper()
		n++
		name := fmt.Sprint("test", n)
		if _, err := db.Exec(`CREATE DATABASE ` + name + ` TEMPLATE template0`); err != nil {
			t.Fatal(err)
		}
		return address(name)
	}
}

// Connect is a connection to a database of Postgres, past the store.
func Connect(t testing.TB, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// WithoutRights lets a command run as a user without rights, where the test runs
// as root.
func WithoutRights(t testing.TB, c *exec.Cmd) *exec.Cmd {
	t.Helper()
	uid, gid, err := somebody()
	if err != nil {
		t.Skip("there is nobody else to run as: ", err)
	}
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	return c
}

// installed is the folder of the server's programs, the newest where there are
// several; "" when there is none.
func installed() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path)
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is well formed
	best, folder := 0, ""
	for _, path := range found {
		bin := filepath.Dir(path)
		if n, err := strconv.Atoi(filepath.Base(filepath.Dir(bin))); err == nil && n > best {
			best, folder = n, bin
		}
	}
	return folder
}

// somebody is a user without rights.
func somebody() (uid, gid int, err error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return 0, 0, err
	}
	if uid, err = strconv.Atoi(u.Uid); err != nil {
		return 0, 0, err
	}
	gid, err = strconv.Atoi(u.Gid)
	return uid, gid, err
}
