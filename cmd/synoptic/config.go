package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/knadh/koanf/parsers/toml/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// A setting is a flag that can also be given by the environment and by a file:
// --allow-private is SYNOPTIC_ALLOW_PRIVATE there and allow-private here. What
// the command line says comes first, then the environment, then the file.
const (
	settingMark = "setting"
	settingEnv  = "SYNOPTIC_"
)

// setting marks flags as settings.
func setting(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		if err := cmd.Flags().SetAnnotation(name, settingMark, nil); err != nil {
			panic(err) // a flag that is not there
		}
	}
}

func isSetting(f *pflag.Flag) bool {
	_, ok := f.Annotations[settingMark]
	return ok
}

// variable is the name of a setting in the environment.
func variable(flag string) string {
	return settingEnv + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// settings is what stands outside of the command line.
type settings struct {
	path string       // of the file, "" where there is none
	file *koanf.Koanf // nil where there is none
	env  func(string) (string, bool)
}

// configPath is the file that settings are read from: the one that
// SYNOPTIC_CONFIG names, or config.toml in the user's folder for them.
func configPath() (path string, named bool) {
	if path, named = os.LookupEnv(settingEnv + "CONFIG"); named {
		return path, true
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", false
	}
	return filepath.Join(dir, "synoptic", "config.toml"), false
}

func readSettings() (settings, error) {
	s := settings{env: os.LookupEnv}
	path, named := configPath()
	if path == "" {
		return s, nil
	}
	k := koanf.New(".")
	err := k.Load(file.Provider(path), toml.Parser())
	if errors.Is(err, fs.ErrNotExist) && !named {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("%s: %w", path, pathless(err))
	}
	s.path, s.file = path, k
	return s, nil
}

// pathless is err without the path that is named beside it.
func pathless(err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}

// lookUp is the value of a setting, and where it comes from.
func (s settings) lookUp(name string) (value, origin string, ok bool) {
	if value, ok := s.env(variable(name)); ok {
		return value, variable(name), true
	}
	if s.file != nil && s.file.Exists(name) {
		return s.file.String(name), s.path, true
	}
	return "", "", false
}

// apply sets the flags of a command that the command line has not.
func (s settings) apply(cmd *cobra.Command) error {
	var failed error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || !isSetting(f) || failed != nil {
			return
		}
		if value, origin, ok := s.lookUp(f.Name); ok {
			if err := f.Value.Set(value); err != nil {
				failed = fmt.Errorf("%s: %s %q: %w", origin, f.Name, value, err)
			}
		}
	})
	return failed
}

// unknown lists what the file sets and nothing reads.
func (s settings) unknown(known []*pflag.Flag) []string {
	if s.file == nil {
		return nil
	}
	return slices.DeleteFunc(s.file.Keys(), func(key string) bool {
		return slices.ContainsFunc(known, func(f *pflag.Flag) bool { return f.Name == key })
	})
}

// settle makes every command below root read its settings before it checks its
// arguments.
func settle(root *cobra.Command) {
	for _, cmd := range root.Commands() {
		settle(cmd)
		check := cmd.Args
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			s, err := readSettings()
			if err == nil {
				err = s.apply(cmd)
			}
			if err != nil {
				return misused(cmd, err)
			}
			if check == nil {
				return nil
			}
			return check(cmd, args)
		}
	}
}

// allSettings are the settings of all commands, each once, by name.
func allSettings(root *cobra.Command) []*pflag.Flag {
	var list []*pflag.Flag
	for _, cmd := range root.Commands() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if isSetting(f) && !slices.ContainsFunc(list, func(g *pflag.Flag) bool { return g.Name == f.Name }) {
				list = append(list, f)
			}
		})
	}
	slices.SortFunc(list, func(a, b *pflag.Flag) int { return cmp.Compare(a.Name, b.Name) })
	return list
}

func newConfig(c console) *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Print the settings that are in force, and where each comes from",
		Long: `Config prints the settings that are in force. A setting is given by a flag, by the
environment (SYNOPTIC_DB for --db), or by a file of lines such as
db = "news.db": the one that SYNOPTIC_CONFIG names, or synoptic/config.toml in
the folder where the system keeps settings. A flag comes first, then the
environment, then the file.`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := readSettings()
			if err != nil {
				return err
			}
			list := allSettings(cmd.Root())
			out := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
			for _, f := range list {
				value, origin, ok := s.lookUp(f.Name)
				if !ok {
					value, origin = f.DefValue, "default"
				}
				if secret(f.Name) && value != "" {
					value = "(not shown)"
				}
				fmt.Fprintf(out, "%s\t= %q\t# %s\n", f.Name, value, origin)
			}
			if err := out.Flush(); err != nil {
				return err
			}
			if unknown := s.unknown(list); len(unknown) > 0 {
				return fmt.Errorf("%s: no such settings: %s", s.path, strings.Join(unknown, ", "))
			}
			return nil
		},
	}
}

// secret reports whether the value of a setting is for no eyes.
func secret(name string) bool {
	return strings.Contains(name, "password") || strings.Contains(name, "token") || strings.Contains(name, "secret")
}
