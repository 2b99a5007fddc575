// Package mlog replaces the logging module that the azure-workload-identity webhook imports. It implements
// only the calls that the webhook makes, with log/slog. Not every module proxy serves the original.
package mlog

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/go-logr/logr"
)

// LogLevel is a value of the webhook's --log-level flag. The empty one logs the least.
type LogLevel string

// LogFormat is the format of a line.
type LogFormat string

// Levels and formats that the webhook uses.
const (
	LevelWarning LogLevel = ""
	LevelInfo    LogLevel = "info"
	LevelDebug   LogLevel = "debug"
	LevelTrace   LogLevel = "trace"
	LevelAll     LogLevel = "all"

	FormatJSON LogFormat = "json"
)

// LogSpec holds the level and format of the command line.
type LogSpec struct {
	Level  LogLevel
	Format LogFormat
}

// threshold of each level. trace and all are below slog's own debug level, at which client libraries log with
// high verbosity.
var threshold = map[LogLevel]slog.Level{
	LevelWarning: slog.LevelWarn,
	LevelInfo:    slog.LevelInfo,
	LevelDebug:   slog.LevelDebug,
	LevelTrace:   slog.LevelDebug - 4,
	LevelAll:     slog.LevelDebug - 100,
}

var (
	enabled = new(slog.LevelVar)
	handler = handlerTo(os.Stderr)
)

func handlerTo(out io.Writer) slog.Handler {
	return slog.NewJSONHandler(out, &slog.HandlerOptions{Level: enabled})
}

// ValidateAndSetLogLevelAndFormatGlobally sets the level of every logger, including existing ones.
func ValidateAndSetLogLevelAndFormatGlobally(_ context.Context, spec LogSpec) error {
	level, known := threshold[spec.Level]
	if !known {
		return fmt.Errorf("unknown log level %q: use info, debug, trace, all or leave it empty", spec.Level)
	}
	if spec.Format != FormatJSON {
		return fmt.Errorf("unknown log format %q", spec.Format)
	}
	enabled.Set(level)
	return nil
}

// Enabled reports whether lines of this level are written.
func Enabled(level LogLevel) bool { return enabled.Level() <= threshold[level] }

// Setup does nothing, and neither does the function that it returns: slog writes each line immediately.
func Setup() func() { return func() {} }

// Logr returns a logger with the same output for libraries that use logr.
func Logr() logr.Logger { return logr.FromSlogHandler(handler) }

// Fatal writes the error and exits.
func Fatal(err error, keysAndValues ...any) {
	New().Error("fatal", err, keysAndValues...)
	os.Exit(1)
}

// Logger writes lines with a name and fixed values.
type Logger struct{ slog *slog.Logger }

// New returns the unnamed logger.
func New() Logger { return Logger{slog.New(handler)} }

// WithName returns a logger with a name.
func (l Logger) WithName(name string) Logger { return Logger{l.slog.With("logger", name)} }

// WithValues returns a logger that adds these values to each line.
func (l Logger) WithValues(keysAndValues ...any) Logger { return Logger{l.slog.With(keysAndValues...)} }

// Error is always written.
func (l Logger) Error(message string, err error, keysAndValues ...any) {
	l.slog.Error(message, append(keysAndValues, "error", err)...)
}

// Warning is always written.
func (l Logger) Warning(message string, keysAndValues ...any) { l.slog.Warn(message, keysAndValues...) }

// Info is written at level info and more verbose levels.
func (l Logger) Info(message string, keysAndValues ...any) { l.slog.Info(message, keysAndValues...) }

// Debug is written at level debug and more verbose levels.
func (l Logger) Debug(message string, keysAndValues ...any) { l.slog.Debug(message, keysAndValues...) }

// Trace is written at level trace and more verbose levels.
func (l Logger) Trace(message string, keysAndValues ...any) {
	l.slog.Log(context.Background(), threshold[LevelTrace], message, keysAndValues...)
}
